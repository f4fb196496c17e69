#pragma once

#include <livery/late_port.h>
#include <livery/ports/invoicing.h>
#include <livery/ports/line_objections.h>
#include <livery/ports/link_signer.h>
#include <livery/ports/operator_log.h>
#include <livery/ports/payment_standing.h>
#include <livery/ports/tenant_time.h>
#include <livery/time/clock.h>

#include "app/gateway_messages.h"
#include "app/letters.h"
#include "app/watched_gateways.h"
#include "domain/progress.h"

namespace livery::payments {

// What the use cases of payments work with; all outlive them. `clock` is the machine's: providers
// know no test clock. Bookings are at the tenant's time.
struct PaymentPorts {
    db::Database& database;
    WatchedGateways& gateways;
    Invoicing& invoicing;
    TenantTime& time;
    const Clock& clock;
    IdSource& ids;
    OperatorLog& log;
    Letters& letters;
    LinkSigner& links;
    LatePort<SubscriptionSuspension> suspension;  // of who does not pay, where there is one
    LatePort<ObjectionFollower> follower = {};    // who wants to know what was decided of one
};

// How long a call may take (gateways.h). What is sent at all is sent within that time of its
// attempt's `sent_by`.
constexpr std::chrono::seconds kCallLimit{20};
// By the clock, not by when this was reached: a process may stand still in between. Zero or less:
// whoever looks it up now may have found it missing, and it must not be sent any more.
std::chrono::milliseconds TimeToSend(Instant sent_by, Instant now);
// A first look at what was begun and never heard of again, once no call of it can be under way.
constexpr std::chrono::seconds kFirstLook = kCallLimit + std::chrono::seconds(15);

// Whether the manifest behind an instance promises that (gateways.h); of one that is no longer
// there: nothing.
bool CanDo(Gateways& gateways, const Tenant& tenant, std::string_view instance,
           std::string_view word);
// What the provider behind an instance is like; of one that is no longer there: the default.
ProviderHabits HabitsOf(Gateways& gateways, const Tenant& tenant, const std::string& instance);

// One payment and what is heard of it. All of it is idempotent: a repeat of what was heard before
// changes nothing. No call may be made while a transaction is open, so it is asked in between.
class PaymentDesk {
 public:
    explicit PaymentDesk(const PaymentPorts& ports) : ports_(ports) {}

    // Stores what was heard, with all that follows from it, in one transaction: the invoices, the
    // books, the receipt and its letter; the invoices are free again, or a person has a case.
    // kNotFound: no such payment.
    struct Applied {
        Payment payment;
        bool may_send_again = false;
        // What the provider says now, be it that it knows no such payment: once that counts.
        bool learned = false;
        bool is_missing = false;    // it knows none
        bool is_overtaken = false;  // nothing was applied: somebody has looked since it was asked
        std::optional<Money> charged_back = {};  // as the provider says that it is now
        std::optional<Money> refunded = {};
    };
    // `looks`: of a lookup, how many were applied when it was asked.
    Result<Applied> Apply(const Tenant& tenant, const Payment& known, const Heard& heard,
                          Source source, std::optional<int> looks = {});
    // Asks the provider what became of it, and applies that. An answer that was overtaken by the
    // one of a later question is dropped, and asked for again.
    Result<Applied> LookUp(const Tenant& tenant, const Payment& payment);
    // It is about to be sent once more: what a lookup does not find counts from then on.
    // kConflict: somebody knows meanwhile what came of it.
    Result<Payment> NoteSending(const Tenant& tenant, const Payment& known);
    // A person says what became of the money of a payment that no machine can tell about.
    // kNotFound: no such payment. kInvalidArgument on `by`, `reason`; on `amount`: another
    // currency, or not above 0; on `provider_id`: what was taken has an id there, and it is not
    // known here, or it is another payment's. kConflict `error.decided`.
    struct Decision {
        bool was_taken = false;
        std::string by;  // by name
        std::string reason;
        std::optional<Money> amount = {};  // that was taken, where it is not what was asked
        std::string provider_id = {};
    };
    Result<Payment> Decide(const Tenant& tenant, const Payment& known, const Decision& decision);
    Result<Payment> DecideIn(db::Transaction& tx, const Tenant& tenant, PaymentId id,
                             const Decision& decision);

    const PaymentPorts& ports() const { return ports_; }

 private:
    Result<Applied> AskOnce(const Tenant& tenant, const Payment& payment);
    Applied ApplyIn(db::Transaction& tx, const Tenant& tenant, Payment payment, const Heard& heard,
                    Source source);
    void TellWhoWaits(db::Transaction& tx, const Tenant& tenant, const Payment& payment);
    void Follow(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                const Progress& progress);
    void TakeBack(db::Transaction& tx, Payment& payment, CivilTime now);
    void Record(db::Transaction& tx, const Tenant& tenant, Payment& payment, const Money& paid,
                CivilTime now);
    const PaymentPorts& ports_;
};

}  // namespace livery::payments
