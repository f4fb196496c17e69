#pragma once

#include <memory>

#include <livery/ports/payment_standing.h>
#include <livery/ports/subscription_changes.h>

#include "storage/agreement_store.h"

namespace livery::subscriptions {

// Pauses, resumes and ends all that an account has, as its owner would. Thread: any.
class AccountSuspension final : public SubscriptionSuspension {
 public:
    AccountSuspension(AgreementStore& store, std::shared_ptr<SubscriptionChanges> changes)
        : store_(store), changes_(std::move(changes)) {}
    std::vector<SubscriptionId> Suspend(db::Transaction& tx, AccountId account,
                                        CivilTime now) override;
    void Resume(db::Transaction& tx, AccountId account,
                const std::vector<SubscriptionId>& suspended, CivilTime now) override;
    void EndAtTerm(db::Transaction& tx, AccountId account, CivilTime now) override;

 private:
    std::vector<SubscriptionId> ChangeAll(db::Transaction& tx, AccountId account,
                                          const SubscriptionChange& change, CivilTime now);
    AgreementStore& store_;
    std::shared_ptr<SubscriptionChanges> changes_;
};

}  // namespace livery::subscriptions
