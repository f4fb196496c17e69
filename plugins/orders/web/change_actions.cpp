#include <algorithm>

#include "web/change_pages.h"
#include "web/offer.h"

namespace livery::orders {

namespace {

using Action = ChangePages::Action;
using Choices = SubscriptionChoices;

ChangeOf Changing(const Choices& choices, decltype(SubscriptionChange::what) what) {
    return {choices.id, {std::move(what)}};
}

// "Hotel 120 rooms: 349.00 € a month, from 1 December 2026".
std::string OfferText(const Choices::PlanOffer& offer, Currency currency, const Formatter& t) {
    const std::string name =
        offer.plan_name + ": " + PriceText(offer.pricing, currency, offer.frequency, t);
    const std::string day = t.Day(DayOf(offer.effective_at));
    if (offer.price_from) {
        const std::string price = t.Day(DayOf(*offer.price_from));
        if (!offer.is_immediate)
            return t.Text("change.plan_then_price",
                          {{"offer", name}, {"day", day}, {"date", price}});
        return t.Text("change.price_later", {{"offer", name}, {"date", price}});
    }
    if (offer.is_immediate) return t.Text("change.at_once", {{"offer", name}});
    return t.Text("change.from_day", {{"offer", name}, {"date", day}});
}

void AddPlans(const RequestContext& r, const Choices& choices,
              const std::vector<Choices::PlanOffer>& offers, FormPage& form) {
    FormField field{.name = "plan",
                    .label = r.format().Text("change.plan"),
                    .value = std::string(r.Form("plan")),
                    .kind = FormField::Kind::kSelect};
    for (const auto& offer : offers) {
        std::string text = OfferText(offer, choices.currency, r.format());
        if (offer.product_name != choices.product_name) text = offer.product_name + ", " + text;
        field.options.push_back({offer.plan, std::move(text)});
    }
    form.fields.push_back(std::move(field));
}

void AddQuantity(const RequestContext& r, const std::string& value, FormPage& form) {
    const std::string_view typed = r.Form("quantity");
    form.fields.push_back({.name = "quantity",
                           .label = r.format().Text("shop.quantity"),
                           .value = typed.empty() ? value : std::string(typed),
                           .kind = FormField::Kind::kDigits});
}

Result<Decimal> QuantityOf(const RequestContext& r) {
    const auto quantity = Decimal::Parse(r.Form("quantity"));
    if (!quantity || quantity->decimals() > 0 || *quantity <= Decimal(0))
        return InvalidField("quantity", "error.quantity");
    return *quantity;
}

bool IsOffered(const std::vector<Choices::PlanOffer>& offers, std::string_view plan) {
    return std::any_of(offers.begin(), offers.end(),
                       [&](const Choices::PlanOffer& offer) { return offer.plan == plan; });
}

Result<Wish> ChangePlan(const RequestContext& r, const Choices& choices) {
    if (!IsOffered(choices.plans, r.Form("plan"))) return InvalidField("plan", "error.plan");
    return Changing(choices, SubscriptionChange::Plan{std::string(r.Form("plan")), std::nullopt});
}

Result<Wish> AddAddon(const RequestContext& r, const Choices& choices) {
    if (!IsOffered(choices.addons, r.Form("plan"))) return InvalidField("plan", "error.plan");
    const Decimal quantity = LIVERY_TRY(QuantityOf(r));
    return Purchase{choices.currency, std::string(r.Form("plan")),   quantity, choices.site,
                    choices.id,       std::string(r.Form("coupon")), ""};
}

// Now, at the end of the term, or both, as `choices` allows.
void AddQuantityFields(const RequestContext& r, const Choices& choices, FormPage& form) {
    AddQuantity(r, choices.quantity.ToString(), form);
    const Formatter& t = r.format();
    FormField when{.name = "when",
                   .label = t.Text("change.when"),
                   .value = std::string(r.Form("when")),
                   .kind = FormField::Kind::kSelect};
    const std::string day = t.Day(DayOf(choices.term_ends_at), Formatter::DateStyle::kLong);
    const Date at_once = DayOf(choices.quantity_changes_at);
    const std::string now =
        at_once <= r.today()
            ? t.Text("change.now")
            : t.Text("change.from_date", {{"date", t.Day(at_once, Formatter::DateStyle::kLong)}});
    if (choices.may_change_quantity) when.options.push_back({"now", now});
    if (choices.may_change_quantity_at_term_end)
        when.options.push_back({"term", t.Text("change.at_term_end", {{"date", day}})});
    form.fields.push_back(std::move(when));
}

Result<Wish> ChangeQuantity(const RequestContext& r, const Choices& choices) {
    const Decimal quantity = LIVERY_TRY(QuantityOf(r));
    const std::string_view when = r.Form("when");
    const bool offered = (when == "now" && choices.may_change_quantity) ||
                         (when == "term" && choices.may_change_quantity_at_term_end);
    if (!offered) return InvalidField("when", "error.when");
    return Changing(choices, SubscriptionChange::Quantity{quantity, when == "term"});
}

void AddPauseFields(const RequestContext& r, const Choices&, FormPage& form) {
    form.fields.push_back({.name = "until",
                           .label = r.format().Text("change.until"),
                           .value = std::string(r.Form("until")),
                           .kind = FormField::Kind::kDate,
                           .hint = r.format().Text("change.until_hint"),
                           .required = false});
}

void AddBillingDay(const RequestContext& r, const Choices& choices, FormPage& form) {
    const std::string_view typed = r.Form("day");
    const std::string now = choices.billing_day ? std::to_string(*choices.billing_day) : "";
    form.fields.push_back({.name = "day",
                           .label = r.format().Text("change.day"),
                           .value = typed.empty() ? now : std::string(typed),
                           .kind = FormField::Kind::kDigits,
                           .hint = r.format().Text("change.day_hint")});
}

Result<Wish> MoveBillingDay(const RequestContext& r, const Choices& choices) {
    const auto day = Decimal::Parse(r.Form("day"));
    if (!day || day->decimals() > 0 || *day < Decimal(1) || *day > Decimal(31))
        return InvalidField("day", "error.billing_day");
    return Changing(choices, SubscriptionChange::BillingDay{static_cast<int>(day->unscaled())});
}

Result<Wish> Pause(const RequestContext& r, const Choices& choices) {
    SubscriptionChange::Pause pause;
    if (!r.Form("until").empty()) {
        const auto until = ParseDate(r.Form("until"));
        if (!until || *until <= r.today()) return InvalidField("until", "error.until");
        pause.until = CivilTime(*until);
    }
    return Changing(choices, pause);
}

void AddCancelFields(const RequestContext& r, const Choices& choices, FormPage& form) {
    const Formatter& t = r.format();
    const std::string day = t.Day(DayOf(choices.term_ends_at), Formatter::DateStyle::kLong);
    form.fields.push_back({.name = "when",
                           .label = t.Text("change.when"),
                           .value = std::string(r.Form("when")),
                           .kind = FormField::Kind::kSelect,
                           .options = {{"term", t.Text("change.at_term_end", {{"date", day}})},
                                       {"now", t.Text("change.now")}}});
    FormField reason{.name = "reason",
                     .label = t.Text("change.reason"),
                     .value = std::string(r.Form("reason")),
                     .kind = FormField::Kind::kSelect};
    for (const std::string_view name : kCancelReasons) {
        const std::string value(name);
        reason.options.push_back({value, t.Text("reason." + value)});
    }
    form.fields.push_back(std::move(reason));
}

Result<Wish> Cancel(const RequestContext& r, const Choices& choices) {
    const std::string_view when = r.Form("when");
    if (when != "now" && when != "term") return InvalidField("when", "error.when");
    const std::string_view reason = r.Form("reason");
    if (!IsCancelReason(reason)) return InvalidField("reason", "error.reason");
    return Changing(choices, SubscriptionChange::Cancel{when == "now", std::string(reason)});
}

void NoFields(const RequestContext&, const Choices&, FormPage&) {}

template <class Change>
Result<Wish> Simple(const RequestContext&, const Choices& choices) {
    return Changing(choices, Change{});
}

}  // namespace

const std::vector<ChangePages::Action>& ChangeActions() {
    static const std::vector<Action> actions{
        {"change", [](const Choices& c) { return !c.plans.empty(); },
         [](const RequestContext& r, const Choices& c, FormPage& form) {
             AddPlans(r, c, c.plans, form);
         },
         ChangePlan},
        {"add-ons", [](const Choices& c) { return !c.addons.empty(); },
         [](const RequestContext& r, const Choices& c, FormPage& form) {
             AddPlans(r, c, c.addons, form);
             AddQuantity(r, "1", form);
         },
         AddAddon},
        {"quantity",
         [](const Choices& c) {
             return c.may_change_quantity || c.may_change_quantity_at_term_end;
         },
         AddQuantityFields, ChangeQuantity},
        {"billing-day", [](const Choices& c) { return c.billing_day_moves_at.has_value(); },
         AddBillingDay, MoveBillingDay},
        {"pause", [](const Choices& c) { return c.may_pause; }, AddPauseFields, Pause},
        {"resume", [](const Choices& c) { return c.may_resume; }, NoFields,
         Simple<SubscriptionChange::Resume>},
        {"cancel", [](const Choices& c) { return c.may_cancel; }, AddCancelFields, Cancel},
        {"keep", [](const Choices& c) { return c.may_withdraw_cancel; }, NoFields,
         Simple<SubscriptionChange::WithdrawCancel>},
        {"keep-plan", [](const Choices& c) { return c.may_withdraw_change; }, NoFields,
         Simple<SubscriptionChange::WithdrawChange>},
    };
    return actions;
}

}  // namespace livery::orders
