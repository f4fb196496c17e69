#include "api/wish_of.h"

namespace livery::orders {

using api::Call;
using api::Json;

namespace {

std::string TextOf(const Json& body, const char* name) {
    return body.contains(name) ? body.at(name).get<std::string>() : "";
}

template <class TypedId>
Result<std::optional<TypedId>> IdOf(const Json& body, const char* name) {
    if (!body.contains(name)) return std::optional<TypedId>();
    const auto id = TypedId::Parse(body.at(name).get<std::string>());
    if (!id) return InvalidField(name, "malformed_id");
    return id;
}

Result<Decimal> QuantityOf(const Json& body) {
    const auto quantity = Decimal::Parse(TextOf(body, "quantity"));
    if (!quantity || *quantity <= Decimal(0)) return InvalidField("quantity", "error.quantity");
    return *quantity;
}

Result<std::optional<CivilTime>> TimeOf(const Json& body, const char* name) {
    if (!body.contains(name)) return std::optional<CivilTime>();
    const auto time = ParseCivilTime(body.at(name).get<std::string>());
    if (!time) return InvalidField(name, "no_such_time");
    return time;
}

Result<std::optional<Date>> DayIn(const Json& body, const char* name) {
    if (!body.contains(name)) return std::optional<Date>();
    const auto day = ParseDate(body.at(name).get<std::string>());
    if (!day) return InvalidField(name, "error.date");
    return day;
}

Result<std::string> Needed(const Json& body, const char* name) {
    if (!body.contains(name)) return InvalidField(name, "missing");
    return body.at(name).get<std::string>();
}

using What = decltype(SubscriptionChange::what);

Result<What> PlanChange(const Json& body) {
    SubscriptionChange::Plan plan{LIVERY_TRY(Needed(body, "plan")), std::nullopt};
    if (body.contains("quantity")) plan.quantity = LIVERY_TRY(QuantityOf(body));
    if (const auto on = LIVERY_TRY(DayIn(body, "on"))) plan.on = CivilTime(*on);
    return What(std::move(plan));
}

Result<What> QuantityChange(const Json& body) {
    const bool at_end_of_term = TextOf(body, "when") == "term_end";
    return What(SubscriptionChange::Quantity{LIVERY_TRY(QuantityOf(body)), at_end_of_term});
}

Result<What> PauseChange(const Json& body) {
    return What(SubscriptionChange::Pause{LIVERY_TRY(TimeOf(body, "from")),
                                          LIVERY_TRY(TimeOf(body, "until"))});
}

Result<What> CancelChange(const Json& body) {
    const std::string reason = TextOf(body, "reason");
    if (const auto on = LIVERY_TRY(DayIn(body, "on"))) {
        if (body.contains("when")) return InvalidField("on", "error.when_or_on");
        return What(SubscriptionChange::Cancel{false, reason, CivilTime(*on)});
    }
    const bool now = LIVERY_TRY(Needed(body, "when")) == "now";
    return What(SubscriptionChange::Cancel{now, reason});
}

Result<What> BillingDayChange(const Json& body) {
    if (!body.contains("day")) return InvalidField("day", "missing");
    return What(SubscriptionChange::BillingDay{body.at("day").get<int>()});
}

Result<What> WhatOf(const Json& body) {
    const std::string kind = body.at("change").get<std::string>();
    if (kind == "plan") return PlanChange(body);
    if (kind == "quantity") return QuantityChange(body);
    if (kind == "pause") return PauseChange(body);
    if (kind == "cancel") return CancelChange(body);
    if (kind == "billing_day") return BillingDayChange(body);
    if (kind == "resume") return What(SubscriptionChange::Resume{});
    if (kind == "withdraw_cancel") return What(SubscriptionChange::WithdrawCancel{});
    return What(SubscriptionChange::WithdrawChange{});
}

Result<AccountId> AccountOfBody(const Json& body) {
    const auto id = AccountId::Parse(body.at("account").get<std::string>());
    if (!id) return InvalidField("account", "malformed_id");
    return *id;
}

}  // namespace

Result<Asked> AskedPurchase(const Call& call) {
    const Json& body = call.body;
    Purchase purchase{.currency = call.tenant().currency};
    if (body.contains("currency")) {
        const auto currency = Currency::Parse(TextOf(body, "currency"));
        if (!currency) return InvalidField("currency", "no_such_currency");
        purchase.currency = *currency;
    }
    purchase.plan = TextOf(body, "plan");
    if (body.contains("quantity")) purchase.quantity = LIVERY_TRY(QuantityOf(body));
    purchase.site = TextOf(body, "site");
    purchase.base = LIVERY_TRY(IdOf<SubscriptionId>(body, "base"));
    purchase.coupon = TextOf(body, "coupon");
    purchase.name = TextOf(body, "name");
    purchase.begins_on = LIVERY_TRY(DayIn(body, "begins_on"));
    return Asked{LIVERY_TRY(AccountOfBody(body)), std::move(purchase),
                 LIVERY_TRY(IdOf<QuoteId>(body, "quote"))};
}

Result<Asked> AskedChange(const Call& call) {
    const SubscriptionId id = LIVERY_TRY(call.request.PathId<SubscriptionId>("id"));
    return Asked{LIVERY_TRY(AccountOfBody(call.body)),
                 ChangeOf{id, {LIVERY_TRY(WhatOf(call.body))}},
                 LIVERY_TRY(IdOf<QuoteId>(call.body, "quote"))};
}

}  // namespace livery::orders
