#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <livery/billing/catalog.h>
#include <livery/db/database.h>
#include <livery/money/decimal.h>
#include <livery/money/money.h>
#include <livery/result.h>
#include <livery/time/frequency.h>

namespace livery {

// Why subscribers end what they have, as they choose from: the text `reason.<name>` of the theme
// says it in words.
inline constexpr std::array<std::string_view, 6> kCancelReasons{
    "too_expensive", "not_used", "missing", "switched", "moving", "other"};
constexpr bool IsCancelReason(std::string_view text) {
    return std::find(kCancelReasons.begin(), kCancelReasons.end(), text) != kCancelReasons.end();
}

// What somebody wants to be different about a subscription.
struct SubscriptionChange {
    struct Plan {
        std::string plan;
        std::optional<Decimal> quantity;  // none = as before
        // From today on: on that day instead of when the catalog says.
        std::optional<CivilTime> on = std::nullopt;
    };
    struct Quantity {
        Decimal quantity;
        bool at_end_of_term = false;  // else now
    };
    struct WithdrawChange {};  // of plan or quantity, while it lies ahead
    struct Pause {
        std::optional<CivilTime> from;   // none = now
        std::optional<CivilTime> until;  // none = until it is resumed
    };
    struct Resume {};
    struct Cancel {
        bool now = false;    // else at the end of the term
        std::string reason;  // one of kCancelReasons, or words of somebody's own
        std::optional<CivilTime> on = std::nullopt;  // instead of either: on that day
    };
    struct WithdrawCancel {};
    struct BillingDay {
        int day = 1;
    };
    std::variant<Plan, Quantity, WithdrawChange, Pause, Resume, Cancel, WithdrawCancel, BillingDay>
        what;
};

// When a change that was made takes effect, and how many units there are then.
struct SubscriptionChanged {
    CivilTime effective_at;
    Decimal quantity;
};

// One subscription as it is, and what may be done with it now: what a person chooses from.
struct SubscriptionChoices {
    struct PlanOffer {
        std::string plan;  // its id
        std::string plan_name;
        std::string product_name;
        Length frequency;
        billing::Pricing pricing;
        CivilTime effective_at;  // now, the next day, or when the term ends
        bool is_immediate = true;
        // When nothing is prorated: from when it is paid for. None = from when it takes effect.
        std::optional<CivilTime> price_from = std::nullopt;
    };
    SubscriptionId id;
    std::string plan;
    std::string plan_name;
    std::string product_name;
    std::string site;
    std::string state;  // "active": as AgreementState is written
    Decimal quantity;
    Currency currency;
    bool is_addon = false;
    CivilTime term_ends_at;
    std::vector<PlanOffer> plans;   // it may change to
    std::vector<PlanOffer> addons;  // that may join it
    CivilTime quantity_changes_at;  // when it is changed now: now, or the next day
    bool may_change_quantity = false;
    bool may_change_quantity_at_term_end = false;
    bool may_withdraw_change = false;
    bool may_pause = false;
    bool may_resume = false;
    bool may_cancel = false;
    bool may_withdraw_cancel = false;
    std::optional<int> billing_day;                 // of the month, as it was agreed last
    std::optional<CivilTime> billing_day_moves_at;  // when another one would hold; none = never
};

// Changes what was agreed. Provided by `subscriptions`. Called inside a transaction of the caller;
// neither commits. A subscription of another account is kNotFound. Thread: any.
class SubscriptionChanges {
 public:
    static constexpr std::string_view kPortId = "livery.subscription_changes/2";
    virtual ~SubscriptionChanges();
    // kInvalidArgument, kConflict: what stands in the way, as a text key. Its add-ons follow.
    // Nothing is charged by it: Invoicing::Bill does that.
    virtual Result<SubscriptionChanged> Change(db::Transaction& tx, AccountId account,
                                               SubscriptionId id, const SubscriptionChange& change,
                                               CivilTime now) = 0;
    virtual Result<SubscriptionChoices> ChoicesOf(db::Transaction& tx, AccountId account,
                                                  SubscriptionId id, CivilTime now) = 0;
};

}  // namespace livery
