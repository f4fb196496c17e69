#include "app/checkout.h"

#include <algorithm>
#include <functional>

#include <livery/billing/price_promise.h>
#include <livery/db/attempt.h>

#include "app/refused_sale.h"

namespace livery::orders {

namespace {

using Standing = PaymentStanding::State;

// What changes what is paid for, and so waits while something is past due (DU-01).
bool CostsMore(const SubscriptionChange& change) {
    return std::holds_alternative<SubscriptionChange::Plan>(change.what) ||
           std::holds_alternative<SubscriptionChange::Quantity>(change.what);
}

// Who owes may always leave.
bool Ends(const SubscriptionChange& change) {
    return std::holds_alternative<SubscriptionChange::Cancel>(change.what) ||
           std::holds_alternative<SubscriptionChange::Pause>(change.what);
}

constexpr std::chrono::days kFurthest{731};  // two years

bool IsLater(const Purchase& purchase, CivilTime now) {
    return purchase.begins_on && *purchase.begins_on != DayOf(now);
}

Result<void> CheckBegin(const Purchase& purchase, CivilTime now) {
    if (*purchase.begins_on < DayOf(now)) return InvalidField("begins_on", "error.date_past");
    if (*purchase.begins_on > DayOf(now) + kFurthest)
        return InvalidField("begins_on", "error.date_too_far");
    // It would be used up, or gone, before there is anything to take it off.
    if (!purchase.coupon.empty()) return InvalidField("coupon", "error.coupon_later");
    return {};
}

// What a preview of an order that waits binds to: its day, its prices and its tax.
std::string WordingOf(const Order& order) {
    std::string wording = ToIso(order.activate_at);
    for (const OrderLine& line : order.lines)
        wording +=
            ";" + line.plan + ";" + line.unit_price.ToString() + ";" + line.Total().ToDecimal();
    return wording + ";" + order.tax.ToDecimal();
}

// "" where the wish is for none.
std::string_view PlanOf(const Wish& wish) {
    if (const auto* purchase = std::get_if<Purchase>(&wish)) return purchase->plan;
    const auto& change = std::get<ChangeOf>(wish).change.what;
    const auto* plan = std::get_if<SubscriptionChange::Plan>(&change);
    return plan == nullptr ? std::string_view() : plan->plan;
}

// A change of plan or quantity as the order that it is.
OrderDesk::ChangeRecord RecordOf(const ChangeOf& wanted, const SubscriptionChoices& before,
                                 const OrderCreator& creator, const SubscriptionChanged& changed) {
    OrderDesk::ChangeRecord record{
        "",          creator,         wanted.subscription, before.plan, changed.quantity,
        before.site, before.currency, changed.effective_at};
    if (const auto* plan = std::get_if<SubscriptionChange::Plan>(&wanted.change.what)) {
        record.plan = plan->plan;
        record.plan_before = before.plan;
    }
    return record;
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
    const auto subscription = parts_.orders.Placed(tx, order).lines.front().subscription;
    if (!purchase.coupon.empty()) {
        LIVERY_TRY(parts_.invoicing.RedeemCoupon(tx, account, purchase.coupon, subscription, now));
    }
    return Performed{
        {order, subscription}, LIVERY_TRY(parts_.invoicing.Bill(tx, account, now)), now};
}

Result<Checkout::Performed> Checkout::Schedule(db::Transaction& tx, AccountId account,
                                               const Purchase& purchase,
                                               const OrderCreator& creator, CivilTime now) {
    LIVERY_TRY(CheckBegin(purchase, now));
    const CivilTime at(*purchase.begins_on);
    OrderRequest request{purchase.name,
                         creator,
                         purchase.currency,
                         at,
                         {{purchase.plan, purchase.quantity, purchase.site, purchase.base}}};
    // Whoever orders is told now what would stand in the way on that day.
    LIVERY_TRY(parts_.orders.CheckActivation(tx, account, request));
    const OrderId id = LIVERY_TRY(parts_.orders.Place(tx, account, request, now));
    Performed performed{{id, std::nullopt}, {}, at};
    performed.planned = parts_.orders.Placed(tx, id);
    performed.charged.wording = WordingOf(*performed.planned);
    return performed;
}

Result<Checkout::Performed> Checkout::Alter(db::Transaction& tx, AccountId account,
                                            const ChangeOf& wanted, const OrderCreator& creator,
                                            CivilTime now) {
    const SubscriptionChoices before =
        LIVERY_TRY(parts_.changes.ChoicesOf(tx, account, wanted.subscription, now));
    const SubscriptionChanged changed =
        LIVERY_TRY(parts_.changes.Change(tx, account, wanted.subscription, wanted.change, now));
    Performed performed{{std::nullopt, wanted.subscription}, {}, changed.effective_at};
    if (CostsMore(wanted.change)) {
        performed.outcome.order = LIVERY_TRY(parts_.orders.RecordChange(
            tx, account, RecordOf(wanted, before, creator, changed), now));
    }
    performed.charged = LIVERY_TRY(parts_.invoicing.Bill(tx, account, now));
    // By what waits nothing is charged yet, nor by a change without proration: it binds to the
    // price that will be.
    if (performed.outcome.order)
        performed.charged.wording += WordingOf(parts_.orders.Placed(tx, *performed.outcome.order));
    return performed;
}

Result<Checkout::Performed> Checkout::Perform(db::Transaction& tx, AccountId account,
                                              const Wish& wish, const OrderCreator& creator,
                                              CivilTime now) {
    return UnlessCatalogRefused<Performed>(parts_.log, {tx.tenant(), PlanOf(wish)},
                                           [&] { return Try(tx, account, wish, creator, now); });
}

Result<void> Checkout::CheckOwing(db::Transaction& tx, AccountId account, const Wish& wish,
                                  Date today) {
    const auto* of = std::get_if<ChangeOf>(&wish);
    const SubscriptionChange* change = of == nullptr ? nullptr : &of->change;
    if (change != nullptr && Ends(*change)) return {};
    // What was settled since the last day's dunning stands in nobody's way.
    if (!parts_.invoicing.IsPastDue(tx, account, today)) return {};
    const Standing standing = parts_.standing ? parts_.standing->Of(tx, account) : Standing::kClear;
    if (standing == Standing::kBlocked) return Conflict("error.account_blocked");
    const bool goes_on = change != nullptr && standing == Standing::kWarned &&
                         std::holds_alternative<SubscriptionChange::Resume>(change->what);
    if (change == nullptr || CostsMore(*change) || goes_on) return Conflict("error.past_due");
    return {};
}

Result<Checkout::Performed> Checkout::Try(db::Transaction& tx, AccountId account, const Wish& wish,
                                          const OrderCreator& creator, CivilTime now) {
    const auto* change = std::get_if<ChangeOf>(&wish);
    auto due_before = LIVERY_TRY(parts_.invoicing.Bill(tx, account, now));
    LIVERY_TRY(CheckOwing(tx, account, wish, DayOf(now)));
    const auto carry = [&]() -> Result<Performed> {
        if (change != nullptr) return Alter(tx, account, *change, creator, now);
        const auto& purchase = std::get<Purchase>(wish);
        return IsLater(purchase, now) ? Schedule(tx, account, purchase, creator, now)
                                      : Buy(tx, account, purchase, creator, now);
    };
    Performed performed = LIVERY_TRY(carry());
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
    auto performed = db::Rehearse<Performed>(parts_.database, tenant.id, [&](db::Transaction& tx) {
        return Perform(tx, account, wish, {"subscriber", ""}, now);
    });
    if (!performed) return performed.error();
    Quote quote{QuoteId(parts_.ids.Next()), std::move(performed->charged), performed->effective_at,
                std::move(performed->planned)};
    parts_.database.Transact(tenant.id, [&](db::Transaction& tx) {
        QuoteRepository::Add(tx, account,
                             {quote.token, shown_at, TextOf(wish), quote.charged.wording,
                              std::nullopt, std::nullopt, std::nullopt});
    });
    return quote;
}

// The price was shown on the day before: that day's job may be over when it is confirmed.
Result<void> Checkout::BeginIfDue(db::Transaction& tx, AccountId account, Performed& performed,
                                  const Span& since_shown) {
    const CivilTime at = performed.effective_at;
    if (at <= since_shown.from || since_shown.to < at) return {};
    if (performed.planned) {
        const OrderId order = *performed.outcome.order;
        LIVERY_TRY(parts_.orders.Activate(tx, order, std::nullopt, at));
        performed.outcome.subscription = parts_.orders.Placed(tx, order).lines.front().subscription;
    }
    LIVERY_TRY(parts_.invoicing.Bill(tx, account, since_shown.to));
    return {};
}

Result<Outcome> Checkout::Keep(db::Transaction& tx, const Tenant& tenant,
                               const Confirmation& confirmation, StoredQuote quote) {
    const Instant now = confirmation.now;
    const billing::PricePromise promise{quote.shown_at, quote.wording};
    if (promise.HasExpired(now)) return Conflict("error.preview_expired");
    const Span since_shown{parts_.time.ToCivil(tenant, quote.shown_at),
                           parts_.time.ToCivil(tenant, now)};
    Performed performed = LIVERY_TRY(Perform(tx, confirmation.account, confirmation.wish,
                                             confirmation.creator, since_shown.from));
    LIVERY_TRY(promise.Keep(performed.charged.wording, now));
    LIVERY_TRY(UnlessCatalogRefused<void>(
        parts_.log, {tx.tenant(), PlanOf(confirmation.wish)},
        [&] { return BeginIfDue(tx, confirmation.account, performed, since_shown); }));
    quote.kept_at = now;
    quote.order = performed.outcome.order;
    quote.subscription = performed.outcome.subscription;
    QuoteRepository::Keep(tx, confirmation.account, quote);
    return performed.outcome;
}

Result<Outcome> Checkout::ConfirmIn(db::Transaction& tx, const Tenant& tenant,
                                    const Confirmation& confirmation) {
    const auto quote = QuoteRepository::Find(tx, confirmation.account, confirmation.token);
    // Another account's, or for something else: as good as none.
    if (!quote || quote->wish != TextOf(confirmation.wish))
        return Conflict("error.preview_expired");
    if (quote->kept_at) return Outcome{quote->order, quote->subscription};
    return Keep(tx, tenant, confirmation, *quote);
}

Result<Outcome> Checkout::Confirm(const Tenant& tenant, AccountId account, const Wish& wish,
                                  QuoteId token, const OrderCreator& creator) {
    const Confirmation confirmation{account, wish, token, creator, parts_.time.Now(tenant)};
    return db::Attempt<Outcome>(parts_.database, tenant.id, [&](db::Transaction& tx) {
        return ConfirmIn(tx, tenant, confirmation);
    });
}

}  // namespace livery::orders
