#include <fmt/format.h>

#include "app/checkout.h"

namespace livery::orders {

namespace {

// The length before each part: no two wishes run together into one text.
std::string Part(const std::string& text) { return fmt::format("{}:{};", text.size(), text); }

std::string TimeText(const std::optional<CivilTime>& time) {
    return Part(time ? ToIso(*time) : "");
}

struct TextOfChange {
    std::string operator()(const SubscriptionChange::Plan& plan) const {
        return "plan;" + Part(plan.plan) + Part(plan.quantity ? plan.quantity->ToString() : "") +
               (plan.on ? TimeText(plan.on) : "");
    }
    std::string operator()(const SubscriptionChange::Quantity& quantity) const {
        return "quantity;" + Part(quantity.quantity.ToString()) +
               (quantity.at_end_of_term ? "end_of_term;" : "");
    }
    std::string operator()(const SubscriptionChange::WithdrawChange&) const {
        return "withdraw_change;";
    }
    std::string operator()(const SubscriptionChange::Pause& pause) const {
        return "pause;" + TimeText(pause.from) + TimeText(pause.until);
    }
    std::string operator()(const SubscriptionChange::Resume&) const { return "resume;"; }
    std::string operator()(const SubscriptionChange::Cancel& cancel) const {
        return fmt::format("cancel;{};{}{}", cancel.now, Part(cancel.reason),
                           cancel.on ? TimeText(cancel.on) : "");
    }
    std::string operator()(const SubscriptionChange::WithdrawCancel&) const {
        return "withdraw_cancel;";
    }
    std::string operator()(const SubscriptionChange::BillingDay& day) const {
        return fmt::format("billing_day;{};", day.day);
    }
};

}  // namespace

std::string TextOf(const Wish& wish) {
    if (const auto* change = std::get_if<ChangeOf>(&wish))
        return Part(change->subscription.ToString()) +
               std::visit(TextOfChange(), change->change.what);
    const auto& purchase = std::get<Purchase>(wish);
    return "buy;" + Part(std::string(purchase.currency.code())) + Part(purchase.plan) +
           Part(purchase.quantity.ToString()) + Part(purchase.site) +
           Part(purchase.base ? purchase.base->ToString() : "") + Part(purchase.coupon) +
           Part(purchase.name) + (purchase.begins_on ? Part(ToIso(*purchase.begins_on)) : "");
}

}  // namespace livery::orders
