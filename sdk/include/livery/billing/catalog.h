#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/billing/policies.h>
#include <livery/money/decimal.h>
#include <livery/money/money.h>
#include <livery/time/frequency.h>

namespace livery::billing {

// What a tenant sells, as values: read from catalog.yaml by the plugin `catalog`, used by everybody
// who prices. Ids are the keys of the file. Immutable once loaded.

// One amount per currency; a currency that is missing is not for sale in it.
using Price = std::map<Currency, Decimal>;

enum class PhaseKind { kTrial, kDiscount, kFixedTerm, kEvergreen };

// Charged per unit that was used, in arrear.
struct UsagePrice {
    std::string meter;
    std::string name;
    Price unit_price;
};

// A stretch of a plan. Phases pass by themselves, in their order; the last may have no length.
struct Phase {
    PhaseKind kind = PhaseKind::kEvergreen;
    std::optional<Length> length;  // none = for good
    Price recurring;               // none = nothing recurs (a trial)
    Price one_time;                // charged once, when the phase begins; never prorated
    std::vector<UsagePrice> usage;
};

enum class BillingMode { kInAdvance, kInArrear };

// Where the billing periods of a subscription are anchored.
enum class BillingAlignment {
    kSubscription,  // on the day of its first charge
    kBundle,        // as its base subscription
    kAccount,       // on the account's billing day, 1 to 31
    kCalendar,      // on the calendar's own months, quarters and years
};

// What a plan is from some day on. Who subscribed before keeps the version of his day, unless
// `migrate_existing` says that he moves at the end of the period that is running then.
struct PlanVersion {
    Date effective_from{};
    Length frequency;
    BillingMode mode = BillingMode::kInAdvance;
    std::vector<Phase> phases;
    bool migrate_existing = false;
    std::optional<BillingAlignment> alignment;  // none = the plan's
};

// How one unit of a plan is paid for.
struct Pricing {
    enum class By { kPeriod, kUsage, kOnce, kNothing };
    By by = By::kNothing;
    Decimal unit_price;  // for a period, or once; zero when by usage
};
// In the phase of that place in the plan: what recurs in it, or in the first later one in which
// something does (a trial's price is what comes after it); where nothing recurs, usage; else what
// is paid once, in any phase.
Pricing PricingOf(const PlanVersion& version, Currency currency, std::size_t phase = 0);

// From when an add-on's phases count (case SC-02).
enum class PhaseAlignment { kStartOfSubscription, kStartOfBundle };

struct Plan {
    std::string id;
    std::string product;
    std::string name;
    std::vector<PlanVersion> versions;  // at least one, by effective_from
    BillingAlignment billing_alignment = BillingAlignment::kSubscription;
    PhaseAlignment phase_alignment = PhaseAlignment::kStartOfSubscription;
    std::vector<std::string> account_classes;  // empty = for everybody
    bool listed = true;                        // offered in the shop
    // Kept for who has it: offered to nobody, and no change leads to it.
    bool retired = false;

    bool IsFor(const std::string& account_class) const;
    // In the shop of such an account.
    bool IsOfferedTo(const std::string& account_class) const {
        return listed && !retired && IsFor(account_class);
    }
    // The version that somebody gets who subscribes on `day`.
    const PlanVersion& VersionOn(Date day) const;
    // Where the periods of somebody lie who subscribed on `day`.
    BillingAlignment AlignmentOn(Date day) const;
};

// A plan that somebody has, in the version of `day`, and pays for in `currency`.
struct Sold {
    std::string plan;
    Date day{};
    Currency currency;
    auto operator<=>(const Sold&) const = default;
};

struct Product {
    std::string id;
    std::string name;
    std::string tax_class;
    // Not empty: an add-on, bought only on an active subscription of one of these products.
    std::vector<std::string> addon_to;
    // What `addon_to` becomes later, by the day; of the same kind: an add-on stays one.
    struct Version {
        Date effective_from{};
        std::vector<std::string> addon_to;
    };
    std::vector<Version> versions = {};
    bool IsAddon() const { return !addon_to.empty(); }
    const std::vector<std::string>& AddonToOn(Date day) const;
};

// Which change of plan is allowed, and when it takes effect.
struct ChangeRule {
    enum class Timing { kImmediate, kEndOfTerm, kIllegal };
    // From when the phases of the new plan count: where the old one's did, or from the change.
    enum class Phases { kKeepStart, kRestart };
    // The periods stay where they are, or begin anew with the change (PR-26).
    enum class Anchor { kKeep, kRestart };
    std::string from = "*";  // plan, product or *
    std::string to = "*";
    Timing timing = Timing::kImmediate;
    Phases phases = Phases::kKeepStart;
    Anchor anchor = Anchor::kKeep;
    // False: nothing is prorated. The running period stays charged as it is, and the new price
    // begins with the next one; with Anchor::kKeep only.
    bool prorated = true;
};

// A reduction of what is charged, asked for by its code.
struct Coupon {
    std::string code;
    std::string name;
    Decimal percent;                 // of each line; zero when it is an amount
    Price amount;                    // of the document, over its lines in proportion (TX-01)
    std::optional<int> times;        // on how many invoices; none = for good
    std::optional<Date> ends;        // last day on which it can be redeemed, plus one
    std::vector<std::string> plans;  // empty = all
};

struct Catalog {
    std::map<std::string, Product> products;
    std::map<std::string, Plan> plans;
    std::vector<ChangeRule> changes;  // the first that fits
    std::map<std::string, Coupon> coupons;
    Policies policies;

    const Plan* FindPlan(const std::string& id) const;
    const Product& ProductOf(const Plan& plan) const;
    // The rule for a change between two plans. Where the file has none: between plans of one
    // product an upgrade takes effect now and a downgrade (a lower price for the same time) at the
    // end of the term; to another product it is illegal. Always illegal: to the same plan, between
    // a base and an add-on, to a retired plan, to one without a price in `currency`.
    ChangeRule RuleFor(const Plan& from, const Plan& to, Currency currency, Date day) const;
};

}  // namespace livery::billing
