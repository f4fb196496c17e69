#pragma once

#include <map>
#include <string>
#include <vector>

#include <livery/config/object_schema.h>

namespace livery::catalog {

// `tenants/<tenant>/catalog.yaml`, as written. A price is an amount per currency (`{EUR: "9.90"}`),
// or one amount in the file's `currency`.

struct PoliciesFile {
    std::string proration = "actual_days";
    std::string last_day = "not_billed";
    std::string day_of_change = "new_plan";
    std::string pause_credit = "paused_days";
    bool credit_one_time_on_cancel = false;
    std::string tax_rounding = "per_line";
    std::string inclusive_rounding = "tax";
    int payment_days = 14;
    static const config::ObjectSchema<PoliciesFile>& Schema();
};

// What an add-on may be added to from a day on.
struct ProductVersionFile {
    std::string effective_from;
    std::vector<std::string> addon_to;
    static const config::ObjectSchema<ProductVersionFile>& Schema();
};

struct ProductFile {
    std::string name;
    std::string tax_class = "standard";
    std::vector<std::string> addon_to;
    std::vector<ProductVersionFile> versions;  // that come later
    static const config::ObjectSchema<ProductFile>& Schema();
};

struct UsageFile {
    std::string meter;
    std::string name;
    config::Node unit_price;
    static const config::ObjectSchema<UsageFile>& Schema();
};

struct PhaseFile {
    std::string kind = "evergreen";
    std::string length;
    config::Node recurring;
    config::Node one_time;
    std::vector<UsageFile> usage;
    static const config::ObjectSchema<PhaseFile>& Schema();
};

struct VersionFile {
    std::string effective_from;
    std::string frequency;  // "" = the plan's
    std::string billing;    // "" = the plan's
    std::string align;      // "" = the plan's
    bool migrate_existing = false;
    config::Node recurring;
    config::Node one_time;
    std::vector<UsageFile> usage;
    std::vector<PhaseFile> phases;
    static const config::ObjectSchema<VersionFile>& Schema();
};

struct PlanFile {
    std::string product;
    std::string name;
    std::string frequency = "month";
    std::string billing = "in_advance";
    std::string align = "subscription";
    std::string phases_from = "subscription";
    std::vector<std::string> account_classes;
    bool listed = true;
    bool retired = false;
    config::Node recurring;  // of a plan with one phase for good
    config::Node one_time;
    std::vector<UsageFile> usage;
    std::vector<PhaseFile> phases;
    std::vector<VersionFile> versions;  // that come later
    static const config::ObjectSchema<PlanFile>& Schema();
};

struct ChangeFile {
    std::string from = "*";
    std::string to = "*";
    std::string timing = "immediate";
    std::string phases = "keep";
    std::string periods = "keep";
    std::string proration = "prorate";
    static const config::ObjectSchema<ChangeFile>& Schema();
};

struct CouponFile {
    std::string name;
    std::string percent;
    config::Node amount;
    int times = 0;
    std::string until;
    std::vector<std::string> plans;
    static const config::ObjectSchema<CouponFile>& Schema();
};

struct CatalogFile {
    std::string currency;
    PoliciesFile policies;
    std::map<std::string, ProductFile> products;
    std::map<std::string, PlanFile> plans;
    std::vector<ChangeFile> changes;
    std::map<std::string, CouponFile> coupons;
    static const config::ObjectSchema<CatalogFile>& Schema();
};

}  // namespace livery::catalog
