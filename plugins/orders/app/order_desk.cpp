#include "app/order_desk.h"

#include <algorithm>

#include <livery/check.h>

namespace livery::orders {

namespace {

// An add-on needs something in the same order that it can be added to.
Result<void> CheckBases(const billing::Catalog& catalog, const OrderRequest& request, Date today) {
    const auto product_of = [&](const OrderLineRequest& line) -> const billing::Product* {
        const billing::Plan* plan = catalog.FindPlan(line.plan);
        return plan == nullptr ? nullptr : &catalog.ProductOf(*plan);
    };
    for (const OrderLineRequest& line : request.lines) {
        const billing::Product* product = product_of(line);
        if (product == nullptr || !product->IsAddon() || line.base) continue;
        const std::vector<std::string>& fits = product->AddonToOn(today);
        const bool has = std::any_of(
            request.lines.begin(), request.lines.end(), [&](const OrderLineRequest& other) {
                const billing::Product* base = product_of(other);
                return base != nullptr &&
                       std::find(fits.begin(), fits.end(), base->id) != fits.end();
            });
        if (!has) return InvalidField("lines", "error.base_needed");
    }
    return {};
}

}  // namespace

Result<void> OrderDesk::SetTax(db::Transaction& tx, const BillingProfile& profile, Order& order,
                               CivilTime now) {
    billing::TaxQuestion question{order.tax.currency(),
                                  DayOf(now),
                                  profile.customer_class,
                                  profile.vat_id,
                                  profile.vat_id_valid,
                                  profile.exemptions,
                                  {}};
    for (const OrderLine& line : order.lines) {
        const auto ask = [&](const Money& amount) {
            question.lines.push_back(
                {amount, profile.PlaceOf(line.site), line.tax_class, std::nullopt, line.quantity});
        };
        ask(line.amount);
        if (line.once) ask(line.once->amount);
    }
    const billing::TaxAnswer answer = LIVERY_TRY(ports_.taxes.Calculate(tx.tenant(), question));
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
        const billing::TaxedLine& line = answer.lines[i];
        for (const billing::LineTax& tax : line.taxes) order.tax = order.tax + tax.amount;
        order.tax_within = order.tax_within + question.lines[i].amount - line.net;
    }
    return {};
}

Result<OrderId> OrderDesk::Place(db::Transaction& tx, AccountId account,
                                 const OrderRequest& request, CivilTime now) {
    const auto catalog = ports_.catalogs.Of(tx.tenant());
    if (request.lines.empty()) return InvalidField("lines", "error.no_lines");
    const BillingProfile profile = LIVERY_TRY(ports_.profiles.Of(tx, account));
    const Money nothing(0, request.currency);
    Order order{OrderId(ports_.ids.Next()),   account, request.name,
                request.created_by,           now,     request.activate_at,
                OrderStatus::kPendingBilling, {},      nothing};
    // What begins later costs what the catalog, as it is known now, says of that day.
    const CivilTime begins = std::max(now, request.activate_at);
    LIVERY_TRY(CheckBases(*catalog, request, DayOf(begins)));
    std::vector<billing::Sold> ordered;
    for (const OrderLineRequest& wanted : request.lines) {
        order.lines.push_back(
            LIVERY_TRY(PriceLine(*catalog, wanted, request.currency, DayOf(begins))));
        const billing::Plan& plan = *catalog->FindPlan(wanted.plan);
        if (plan.retired) return InvalidField("plan", "error.no_such_plan");
        if (!plan.IsFor(profile.account_class))
            return InvalidField("plan", "error.not_for_this_account");
        // A base that is there already may not be there for it; one in this order is looked for
        // when the line becomes active.
        if (wanted.base)
            LIVERY_TRY(ports_.sales.Check(tx, account,
                                          {wanted.plan, wanted.quantity, request.currency,
                                           wanted.site, wanted.base, std::nullopt},
                                          begins));
        ordered.push_back({wanted.plan, DayOf(now), request.currency});
    }
    // What is ordered will be sold: until then its plans must not be taken away.
    ports_.catalogs.NoteUse(tx, *catalog, ordered, DayOf(now));
    LIVERY_TRY(SetTax(tx, profile, order, begins));
    ports_.orders.Save(tx, order);
    tx.Touch(SubjectOf(account));
    return order.id;
}

Result<Order> OrderDesk::ActivateOne(db::Transaction& tx, Order order, std::size_t line,
                                     CivilTime now) {
    if (line >= order.lines.size()) return NotFound("error.not_found");
    const auto catalog = ports_.catalogs.Of(tx.tenant());
    // It may have been ordered for a day that had passed: what is due since then is charged at
    // once.
    const CivilTime at = order.activate_at < order.placed_at ? order.activate_at : now;
    const OrderLine& wanted = order.lines[line];
    SubscriptionRequest request{wanted.plan, wanted.quantity, order.tax.currency(),
                                wanted.site, wanted.base,     std::nullopt};
    const billing::Plan* plan = catalog->FindPlan(wanted.plan);
    if (plan == nullptr) return InvalidField("plan", "error.no_such_plan");
    const std::vector<std::string>& fits = catalog->ProductOf(*plan).AddonToOn(DayOf(at));
    for (const OrderLine& other : order.lines) {
        const billing::Plan* base = catalog->FindPlan(other.plan);
        if (request.base || !other.subscription || base == nullptr) continue;
        if (std::find(fits.begin(), fits.end(), base->product) != fits.end())
            request.base = other.subscription;
    }
    const SubscriptionId made = LIVERY_TRY(ports_.sales.Subscribe(tx, order.account, request, at));
    return ActivateLine(std::move(order), line, made, at);
}

Result<AccountId> OrderDesk::Activate(db::Transaction& tx, OrderId id,
                                      std::optional<std::size_t> line, CivilTime now) {
    auto found = ports_.orders.Find(tx, id);
    if (!found) return NotFound("error.not_found");
    Order order = *std::move(found);
    LIVERY_TRY(CheckWaiting(order));
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const bool wanted = line ? *line == i : !order.lines[i].activated_at;
        if (wanted) order = LIVERY_TRY(ActivateOne(tx, std::move(order), i, now));
    }
    if (line && *line >= order.lines.size()) return NotFound("error.not_found");
    ports_.orders.Save(tx, order);
    tx.Touch(SubjectOf(order.account));
    return order.account;
}

Result<AccountId> OrderDesk::ActivateWaiting(db::Transaction& tx, OrderId id, CivilTime now) {
    const auto order = ports_.orders.Find(tx, id);
    if (!order) return NotFound("error.not_found");
    if (ports_.standing &&
        ports_.standing->Of(tx, order->account) == PaymentStanding::State::kBlocked)
        return Conflict("error.account_blocked");
    return Activate(tx, id, std::nullopt, now);
}

namespace {

// Whether the new plan's phases begin with the change, and so what is paid once in them.
bool BeginsAnew(const billing::Catalog& catalog, const OrderDesk::ChangeRecord& change, Date day) {
    const billing::Plan* before = catalog.FindPlan(change.plan_before);
    const billing::Plan* after = catalog.FindPlan(change.plan);
    if (before == nullptr || after == nullptr) return false;
    return catalog.RuleFor(*before, *after, change.currency, day).phases ==
           billing::ChangeRule::Phases::kRestart;
}

}  // namespace

Result<OrderId> OrderDesk::RecordChange(db::Transaction& tx, AccountId account,
                                        const ChangeRecord& change, CivilTime now) {
    const auto catalog = ports_.catalogs.Of(tx.tenant());
    OrderLine line = LIVERY_TRY(PriceLine(*catalog, {change.plan, change.quantity, change.site},
                                          change.currency, DayOf(now)));
    line.action = OrderAction::kChange;
    if (!BeginsAnew(*catalog, change, DayOf(now))) line.once.reset();
    line.subscription = change.subscription;
    line.activated_at = change.effective_at;
    Order order{OrderId(ports_.ids.Next()),  account, change.name,
                change.created_by,           now,     change.effective_at,
                OrderStatus::kBillingActive, {},      Money(0, change.currency)};
    order.lines.push_back(std::move(line));
    const BillingProfile profile = LIVERY_TRY(ports_.profiles.Of(tx, account));
    LIVERY_TRY(SetTax(tx, profile, order, now));
    ports_.orders.Save(tx, order);
    tx.Touch(SubjectOf(account));
    return order.id;
}

Result<void> OrderDesk::RenameOrder(db::Transaction& tx, AccountId account, OrderId id,
                                    const std::string& name) {
    const auto found = ports_.orders.Find(tx, id);
    if (!found || found->account != account) return NotFound("error.not_found");
    LIVERY_TRY(RenameOfTenant(tx, id, name));
    return {};
}

Result<Order> OrderDesk::RenameOfTenant(db::Transaction& tx, OrderId id, const std::string& name) {
    auto found = ports_.orders.Find(tx, id);
    if (!found) return NotFound("error.not_found");
    Order renamed = LIVERY_TRY(Rename(*std::move(found), name));
    ports_.orders.Save(tx, renamed);
    tx.Touch(SubjectOf(renamed.account));
    return renamed;
}

Result<void> OrderDesk::CheckActivation(db::Transaction& tx, AccountId account,
                                        const OrderRequest& request) {
    for (const OrderLineRequest& line : request.lines)
        LIVERY_TRY(ports_.sales.Check(
            tx, account,
            {line.plan, line.quantity, request.currency, line.site, line.base, std::nullopt},
            request.activate_at));
    return {};
}

Order OrderDesk::Placed(db::Transaction& tx, OrderId id) {
    auto order = ports_.orders.Find(tx, id);
    LIVERY_CHECK(order.has_value(), "an order that is not there after it was placed");
    return *std::move(order);
}

Result<Order> OrderDesk::Cancel(db::Transaction& tx, OrderId id) {
    auto found = ports_.orders.Find(tx, id);
    if (!found) return NotFound("error.not_found");
    Order cancelled = LIVERY_TRY(CancelOrder(*std::move(found)));
    ports_.orders.Save(tx, cancelled);
    tx.Touch(SubjectOf(cancelled.account));
    return cancelled;
}

}  // namespace livery::orders
