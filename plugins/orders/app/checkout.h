#pragma once

#include <string>
#include <variant>

#include <livery/late_port.h>
#include <livery/ports/invoicing.h>
#include <livery/ports/operator_log.h>
#include <livery/ports/payment_standing.h>
#include <livery/ports/subscription_changes.h>
#include <livery/ports/tenant_time.h>

#include "app/order_desk.h"
#include "storage/quote_repository.h"

namespace livery::orders {

// Something a subscriber wants that may cost something or give something back.
struct Purchase {
    Currency currency;
    std::string plan;
    Decimal quantity{1};
    std::string site;
    std::optional<SubscriptionId> base;            // of an add-on
    std::string coupon;                            // "" = none
    std::string name;                              // the subscriber's own reference
    std::optional<Date> begins_on = std::nullopt;  // none, today = now
};
struct ChangeOf {
    SubscriptionId subscription;
    SubscriptionChange change;
};
using Wish = std::variant<Purchase, ChangeOf>;

// One text for equal wishes: a quote is good for what it was asked for, and nothing else.
std::string TextOf(const Wish& wish);

// What would be charged, and the token that holds it for fifteen minutes.
struct Quote {
    QuoteId token;
    Invoicing::Charged charged;
    CivilTime effective_at{};  // when the wish comes true
    // Of a purchase for a later day: the order as it would wait. Nothing is charged by it now.
    std::optional<Order> planned = std::nullopt;
};

struct Outcome {
    std::optional<OrderId> order;
    std::optional<SubscriptionId> subscription;  // none of an order that waits for its day
};

// Shows what a wish costs before it is confirmed, and charges exactly that (DESIGN section 7, case
// PR-28). A preview does everything in a transaction that is not kept; so preview and charge cannot
// differ by rule. A confirmation is made at the moment that was shown: what depends on the second
// stays what it was.
//
// A killed process: a preview leaves at most its quote. A confirmation is one transaction with the
// order, the subscription, the invoice, its ledger entries and the quote that is marked as kept; a
// second confirmation of the same quote returns the first one's outcome.
class Checkout {
 public:
    struct Parts {
        db::Database& database;
        TenantTime& time;
        OrderDesk& orders;
        SubscriptionChanges& changes;
        Invoicing& invoicing;
        IdSource& ids;
        OperatorLog& log;
        LatePort<PaymentStanding> standing = {};  // without one nobody is blocked
    };
    explicit Checkout(const Parts& parts) : parts_(parts) {}

    // kInvalidArgument, kConflict: what stands in the way, as text keys.
    Result<Quote> Preview(const Tenant& tenant, AccountId account, const Wish& wish);
    // kConflict `error.preview_expired`, `error.price_changed`: nothing happened; show a new one.
    Result<Outcome> Confirm(const Tenant& tenant, AccountId account, const Wish& wish,
                            QuoteId token, const OrderCreator& creator);
    // As Confirm, as a part of the caller's transaction.
    struct Confirmation {
        AccountId account;
        const Wish& wish;
        QuoteId token;
        OrderCreator creator;
        Instant now;  // the tenant's
    };
    Result<Outcome> ConfirmIn(db::Transaction& tx, const Tenant& tenant,
                              const Confirmation& confirmation);
    // Both at once at a given time, without a quote: for histories, and for callers who ask for no
    // preview. With everything that was charged, what was due before included.
    struct Carried {
        Outcome outcome;
        std::vector<ChargedDocument> documents;
    };
    Result<Carried> Carry(db::Transaction& tx, AccountId account, const Wish& wish,
                          const OrderCreator& creator, CivilTime now);

 private:
    struct Performed {
        Outcome outcome;
        Invoicing::Charged charged;
        CivilTime effective_at{};
        Invoicing::Charged due_before = {};  // what was due anyway: no part of what the wish costs
        std::optional<Order> planned = std::nullopt;
    };
    // All of it, in one go. kUnavailable, `error.catalog_refused`: the tenant's catalog contradicts
    // what was sold, and nothing can be charged by it.
    Result<Performed> Perform(db::Transaction& tx, AccountId account, const Wish& wish,
                              const OrderCreator& creator, CivilTime now);
    Result<Performed> Try(db::Transaction& tx, AccountId account, const Wish& wish,
                          const OrderCreator& creator, CivilTime now);
    // What an account that owes may not have (DU-01): kConflict `error.past_due`,
    // `error.account_blocked`.
    Result<void> CheckOwing(db::Transaction& tx, AccountId account, const Wish& wish, Date today);
    Result<Performed> Buy(db::Transaction& tx, AccountId account, const Purchase& purchase,
                          const OrderCreator& creator, CivilTime now);
    // For a later day: an order that waits for it.
    Result<Performed> Schedule(db::Transaction& tx, AccountId account, const Purchase& purchase,
                               const OrderCreator& creator, CivilTime now);
    Result<Performed> Alter(db::Transaction& tx, AccountId account, const ChangeOf& change,
                            const OrderCreator& creator, CivilTime now);
    Result<void> BeginIfDue(db::Transaction& tx, AccountId account, Performed& performed,
                            const Span& since_shown);
    Result<Outcome> Keep(db::Transaction& tx, const Tenant& tenant,
                         const Confirmation& confirmation, StoredQuote quote);

    Parts parts_;
};

}  // namespace livery::orders
