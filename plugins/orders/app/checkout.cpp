#include "app/checkout.h"

#include <livery/check.h>

namespace livery::orders {

namespace {

constexpr std::chrono::minutes kQuoteLife{15};

Date DayOf(CivilTime time) { return std::chrono::floor<std::chrono::days>(time); }

// Ends a unit of work of which nothing is kept.
struct NotKept {};

// What changes what is paid for, and so waits while something is past due (DU-01).
bool CostsMore(const SubscriptionChange& change) {
    return std::holds_alternative<SubscriptionChange::Plan>(change.what) ||
           std::holds_alternative<SubscriptionChange::Quantity>(change.what);
}

}  // namespace

Result<Checkout::Performed> Checkout::Buy(db::Transaction& tx, AccountId account,
                                          const Purchase& purchase, const OrderCreator& creator,
                                          CivilTime now) {
    OrderRequest request{purchase.name,
                         creator,
                         purchase.currency,
                         now,
                         {{purchase.plan, purchase.quantity, purchase.site, purchase.base}}};
    const OrderId order = LIVERY_TRY(parts_.orders.Place(tx, account, request, now));
    LIVERY_TRY(parts_.orders.Activate(tx, order, std::nullopt, now));
    const auto subscription = parts_.orders.FirstSubscription(tx, order);
    if (!purchase.coupon.empty()) {
        LIVERY_TRY(parts_.invoicing.RedeemCoupon(tx, account, purchase.coupon, subscription, now));
    }
    return Performed{
        {order, subscription}, LIVERY_TRY(parts_.invoicing.Bill(tx, account, now)), now};
}

Result<Checkout::Performed> Checkout::Alter(db::Transaction& tx, AccountId account,
                                            const ChangeOf& wanted, const OrderCreator& creator,
                                            CivilTime now) {
    const SubscriptionChoices before =
        LIVERY_TRY(parts_.changes.ChoicesOf(tx, account, wanted.subscription, now));
    LIVERY_TRY(parts_.changes.Change(tx, account, wanted.subscription, wanted.change, now));
    Performed performed{{std::nullopt, wanted.subscription}, {}, now};
    OrderDesk::ChangeRecord record{"",
                                   creator,
                                   wanted.subscription,
                                   before.plan,
                                   before.quantity,
                                   before.site,
                                   before.currency,
                                   now};
    if (const auto* plan = std::get_if<SubscriptionChange::Plan>(&wanted.change.what)) {
        record.plan = plan->plan;
        record.quantity = plan->quantity.value_or(before.quantity);
        for (const auto& offer : before.plans) {
            if (offer.plan == plan->plan) record.effective_at = offer.effective_at;
        }
    }
    if (const auto* quantity = std::get_if<SubscriptionChange::Quantity>(&wanted.change.what))
        record.quantity = quantity->quantity;
    if (const auto* cancel = std::get_if<SubscriptionChange::Cancel>(&wanted.change.what))
        performed.effective_at = cancel->now ? now : before.term_ends_at;
    if (CostsMore(wanted.change)) {
        performed.effective_at = record.effective_at;
        performed.outcome.order = LIVERY_TRY(parts_.orders.RecordChange(tx, account, record, now));
    }
    performed.charged = LIVERY_TRY(parts_.invoicing.Bill(tx, account, now));
    return performed;
}

Result<Checkout::Performed> Checkout::Perform(db::Transaction& tx, AccountId account,
                                              const Wish& wish, const OrderCreator& creator,
                                              CivilTime now) {
    const auto* change = std::get_if<ChangeOf>(&wish);
    auto due_before = LIVERY_TRY(parts_.invoicing.Bill(tx, account, now));
    if ((change == nullptr || CostsMore(change->change)) &&
        parts_.invoicing.IsPastDue(tx, account, DayOf(now)))
        return Conflict("error.past_due");
    Performed performed =
        change != nullptr ? LIVERY_TRY(Alter(tx, account, *change, creator, now))
                          : LIVERY_TRY(Buy(tx, account, std::get<Purchase>(wish), creator, now));
    performed.due_before = std::move(due_before);
    return performed;
}

Result<Checkout::Carried> Checkout::Carry(db::Transaction& tx, AccountId account, const Wish& wish,
                                          const OrderCreator& creator, CivilTime now) {
    Performed performed = LIVERY_TRY(Perform(tx, account, wish, creator, now));
    Carried carried{performed.outcome, std::move(performed.due_before.documents)};
    for (ChargedDocument& document : performed.charged.documents)
        carried.documents.push_back(std::move(document));
    return carried;
}

Result<Quote> Checkout::Preview(const Tenant& tenant, AccountId account, const Wish& wish) {
    const Instant shown_at = parts_.time.Now(tenant);
    const CivilTime now = parts_.time.ToCivil(tenant, shown_at);
    Result<Performed> performed = Conflict("not done");
    try {
        parts_.database.Transact(tenant.id, [&](db::Transaction& tx) {
            performed = Perform(tx, account, wish, {"subscriber", ""}, now);
            throw NotKept{};
        });
    } catch (const NotKept&) {
    }
    if (!performed) return performed.error();
    Quote quote{QuoteId(parts_.ids.Next()), std::move(performed->charged), performed->effective_at};
    parts_.database.Transact(tenant.id, [&](db::Transaction& tx) {
        QuoteRepository::Add(tx, account,
                             {quote.token, shown_at, TextOf(wish), quote.charged.wording,
                              std::nullopt, std::nullopt, std::nullopt});
    });
    return quote;
}

Result<Checkout::Performed> Checkout::ConfirmIn(db::Transaction& tx, const Tenant& tenant,
                                                AccountId account, const Wish& wish,
                                                StoredQuote quote, const OrderCreator& creator) {
    const Instant now = parts_.time.Now(tenant);
    if (now - quote.shown_at > kQuoteLife) return Conflict("error.preview_expired");
    Performed performed = LIVERY_TRY(
        Perform(tx, account, wish, creator, parts_.time.ToCivil(tenant, quote.shown_at)));
    if (performed.charged.wording != quote.wording) return Conflict("error.price_changed");
    quote.kept_at = now;
    quote.order = performed.outcome.order;
    quote.subscription = performed.outcome.subscription;
    QuoteRepository::Keep(tx, account, quote);
    return performed;
}

Result<Outcome> Checkout::Confirm(const Tenant& tenant, AccountId account, const Wish& wish,
                                  QuoteId token, const OrderCreator& creator) {
    Result<Outcome> outcome = Conflict("not done");
    try {
        parts_.database.Transact(tenant.id, [&](db::Transaction& tx) {
            const auto quote = QuoteRepository::Find(tx, account, token);
            // Another account's, or for something else: as good as none.
            if (!quote || quote->wish != TextOf(wish)) {
                outcome = Conflict("error.preview_expired");
                throw NotKept{};
            }
            if (quote->kept_at) {
                outcome = Outcome{quote->order, quote->subscription};
                throw NotKept{};
            }
            const auto performed = ConfirmIn(tx, tenant, account, wish, *quote, creator);
            if (!performed) {
                outcome = performed.error();
                throw NotKept{};
            }
            outcome = performed->outcome;
        });
    } catch (const NotKept&) {
    }
    return outcome;
}

}  // namespace livery::orders
