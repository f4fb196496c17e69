#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/time/frequency.h>

namespace livery {

// How an account stands with what it owes. Provided by a plugin that takes money; called inside a
// transaction of the caller. Thread: any.
class PaymentStanding {
 public:
    static constexpr std::string_view kPortId = "livery.payment_standing/1";
    virtual ~PaymentStanding();
    enum class State : std::uint8_t {
        kClear,
        kWarned,   // a step of dunning was reached
        kBlocked,  // and one that takes away what it has, until it has paid
    };
    virtual State Of(db::Transaction& tx, AccountId account) = 0;
};

// What becomes of an account's subscriptions while it does not pay. Provided by `subscriptions`;
// called inside a transaction of the caller, which neither commits. Nothing is charged or given
// back by it: Invoicing::Bill does that. Thread: any.
class SubscriptionSuspension {
 public:
    static constexpr std::string_view kPortId = "livery.subscription_suspension/1";
    virtual ~SubscriptionSuspension();
    // Pauses all that can be paused now, add-ons with their bases; which, for Resume. What its
    // owner has paused himself is not among them.
    virtual std::vector<SubscriptionId> Suspend(db::Transaction& tx, AccountId account,
                                                CivilTime now) = 0;
    // What of these is still paused goes on.
    virtual void Resume(db::Transaction& tx, AccountId account,
                        const std::vector<SubscriptionId>& suspended, CivilTime now) = 0;
    // All of it ends when its term does.
    virtual void EndAtTerm(db::Transaction& tx, AccountId account, CivilTime now) = 0;
};

}  // namespace livery
