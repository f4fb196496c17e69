#include "settings/catalog_file.h"

#include <livery/money/decimal.h>
#include <livery/time/frequency.h>

namespace livery::catalog {

using config::ObjectSchema;

namespace {

std::optional<std::string> CheckLength(const std::string& text) {
    if (text.empty() || Length::Parse(text)) return std::nullopt;
    return "`" + text + "` is no length; write month, quarter, year, `14 days`, `3 months`, …";
}

std::optional<std::string> CheckDate(const std::string& text) {
    if (text.empty() || ParseDate(text)) return std::nullopt;
    return "`" + text + "` is no date; write 2026-03-31";
}

std::optional<std::string> CheckPercent(const std::string& text) {
    const auto percent = Decimal::Parse(text);
    if (text.empty() || (percent && *percent > Decimal(0) && *percent <= Decimal(100)))
        return std::nullopt;
    return "`" + text + "` is no percentage above 0 and up to 100";
}

const std::string kPriceDoc = "An amount per currency, or one in the file's currency";

}  // namespace

const ObjectSchema<PoliciesFile>& PoliciesFile::Schema() {
    static const ObjectSchema<PoliciesFile> schema =
        ObjectSchema<PoliciesFile>("Where billing may be done in more than one way")
            .Optional("proration", &PoliciesFile::proration,
                      "What a part of a period is counted in",
                      {.one_of = {"actual_days", "fixed_30", "to_the_second"}})
            .Optional("last_day", &PoliciesFile::last_day,
                      "Whether the day on which a subscription ends is charged",
                      {.one_of = {"not_billed", "billed"}})
            .Optional("day_of_change", &PoliciesFile::day_of_change,
                      "To which plan the day of a change belongs",
                      {.one_of = {"new_plan", "old_plan"}})
            .Optional("pause_credit", &PoliciesFile::pause_credit,
                      "What a pause gives back of a period charged before it",
                      {.one_of = {"paused_days", "none"}})
            .Optional("credit_one_time_on_cancel", &PoliciesFile::credit_one_time_on_cancel,
                      "Give a one-time price back when its subscription ends the day it began")
            .Optional("tax_rounding", &PoliciesFile::tax_rounding, "Where taxes are rounded",
                      {.one_of = {"per_line", "per_document"}})
            .Optional("inclusive_rounding", &PoliciesFile::inclusive_rounding,
                      "What is rounded first when a price includes its tax",
                      {.one_of = {"tax", "net"}})
            .Optional("payment_days", &PoliciesFile::payment_days,
                      "Days from an invoice's date until it is due",
                      {.minimum = 0, .maximum = 365});
    return schema;
}

const ObjectSchema<ProductVersionFile>& ProductVersionFile::Schema() {
    static const ObjectSchema<ProductVersionFile> schema =
        ObjectSchema<ProductVersionFile>("What an add-on may be added to from a day on")
            .Required("effective_from", &ProductVersionFile::effective_from, "The first day",
                      {.check = CheckDate})
            .Required("addon_to", &ProductVersionFile::addon_to,
                      "Bought only with one of these products; who has it keeps it");
    return schema;
}

const ObjectSchema<ProductFile>& ProductFile::Schema() {
    static const ObjectSchema<ProductFile> schema =
        ObjectSchema<ProductFile>("Something that is sold, on one or several plans")
            .Required("name", &ProductFile::name, "As subscribers read it")
            .Optional("tax_class", &ProductFile::tax_class, "What taxes.yaml tells products by")
            .Optional("addon_to", &ProductFile::addon_to,
                      "Makes it an add-on: bought only with one of these products")
            .Optional("versions", &ProductFile::versions, "What an add-on may be added to later");
    return schema;
}

const ObjectSchema<UsageFile>& UsageFile::Schema() {
    static const ObjectSchema<UsageFile> schema =
        ObjectSchema<UsageFile>("A price per unit that was used")
            .Required("meter", &UsageFile::meter, "What is measured")
            .Optional("name", &UsageFile::name, "As subscribers read it; the meter when empty")
            .Required("unit_price", &UsageFile::unit_price,
                      kPriceDoc + "; may be finer than the minor unit");
    return schema;
}

const ObjectSchema<PhaseFile>& PhaseFile::Schema() {
    static const ObjectSchema<PhaseFile> schema =
        ObjectSchema<PhaseFile>("A stretch of a plan")
            .Optional("kind", &PhaseFile::kind, "What it is called",
                      {.one_of = {"trial", "discount", "fixed_term", "evergreen"}})
            .Optional("length", &PhaseFile::length, "How long; only the last may go on for good",
                      {.check = CheckLength})
            .Optional("recurring", &PhaseFile::recurring, kPriceDoc + ", each period")
            .Optional("one_time", &PhaseFile::one_time, kPriceDoc + ", when the phase begins")
            .Optional("usage", &PhaseFile::usage, "Prices of what is used");
    return schema;
}

const ObjectSchema<VersionFile>& VersionFile::Schema() {
    static const ObjectSchema<VersionFile> schema =
        ObjectSchema<VersionFile>("What a plan is from a day on")
            .Required("effective_from", &VersionFile::effective_from, "The first day",
                      {.check = CheckDate})
            .Optional("frequency", &VersionFile::frequency, "As the plan when empty",
                      {.check = CheckLength})
            .Optional("billing", &VersionFile::billing, "As the plan when empty",
                      {.one_of = {"", "in_advance", "in_arrear"}})
            .Optional("align", &VersionFile::align, "As the plan when empty",
                      {.one_of = {"", "subscription", "bundle", "account", "calendar"}})
            .Optional("migrate_existing", &VersionFile::migrate_existing,
                      "Existing subscriptions move to it when their period ends")
            .Optional("recurring", &VersionFile::recurring, kPriceDoc)
            .Optional("one_time", &VersionFile::one_time, kPriceDoc)
            .Optional("usage", &VersionFile::usage, "Prices of what is used")
            .Optional("phases", &VersionFile::phases, "Instead of one phase for good");
    return schema;
}

const ObjectSchema<PlanFile>& PlanFile::Schema() {
    static const ObjectSchema<PlanFile> schema =
        ObjectSchema<PlanFile>("A price plan of a product")
            .Required("product", &PlanFile::product, "Whose plan it is")
            .Required("name", &PlanFile::name, "As subscribers read it")
            .Optional("frequency", &PlanFile::frequency, "How often the recurring price is charged",
                      {.check = CheckLength})
            .Optional("billing", &PlanFile::billing, "Before or after the period",
                      {.one_of = {"in_advance", "in_arrear"}})
            .Optional("align", &PlanFile::align, "Where periods begin",
                      {.one_of = {"subscription", "bundle", "account", "calendar"}})
            .Optional("phases_from", &PlanFile::phases_from, "From when an add-on's phases count",
                      {.one_of = {"subscription", "bundle"}})
            .Optional("account_classes", &PlanFile::account_classes,
                      "Who may subscribe; everybody when empty")
            .Optional("listed", &PlanFile::listed, "Whether the shop offers it")
            .Optional("retired", &PlanFile::retired,
                      "Kept for who has it; nobody else can get it any more")
            .Optional("recurring", &PlanFile::recurring, kPriceDoc + ", each period")
            .Optional("one_time", &PlanFile::one_time, kPriceDoc + ", at the beginning")
            .Optional("usage", &PlanFile::usage, "Prices of what is used")
            .Optional("phases", &PlanFile::phases, "Instead of one phase for good")
            .Optional("versions", &PlanFile::versions, "What it becomes later");
    return schema;
}

const ObjectSchema<ChangeFile>& ChangeFile::Schema() {
    static const ObjectSchema<ChangeFile> schema =
        ObjectSchema<ChangeFile>("Which change of plan is allowed, and how; the first that fits")
            .Optional("from", &ChangeFile::from, "A plan, a product or *")
            .Optional("to", &ChangeFile::to, "A plan, a product or *")
            .Optional("timing", &ChangeFile::timing, "When it takes effect",
                      {.one_of = {"immediate", "end_of_term", "illegal"}})
            .Optional("phases", &ChangeFile::phases,
                      "Whether the new plan's phases count from the old start or begin anew",
                      {.one_of = {"keep", "restart"}})
            .Optional("periods", &ChangeFile::periods,
                      "Whether billing periods stay where they are or begin anew",
                      {.one_of = {"keep", "restart"}})
            .Optional(
                "proration", &ChangeFile::proration,
                "Whether the running period is shared between both plans, or stays charged as "
                "it is and the new price begins with the next",
                {.one_of = {"prorate", "none"}});
    return schema;
}

const ObjectSchema<CouponFile>& CouponFile::Schema() {
    static const ObjectSchema<CouponFile> schema =
        ObjectSchema<CouponFile>("A reduction for who knows its code")
            .Required("name", &CouponFile::name, "As subscribers read it")
            .Optional("percent", &CouponFile::percent, "Off every line", {.check = CheckPercent})
            .Optional("amount", &CouponFile::amount, "Off the invoice; " + kPriceDoc)
            .Optional("times", &CouponFile::times, "On how many invoices; 0 = all",
                      {.minimum = 0, .maximum = 1200})
            .Optional("until", &CouponFile::until, "Can be redeemed before this day",
                      {.check = CheckDate})
            .Optional("plans", &CouponFile::plans, "Of which plans; all when empty");
    return schema;
}

const ObjectSchema<CatalogFile>& CatalogFile::Schema() {
    static const ObjectSchema<CatalogFile> schema =
        ObjectSchema<CatalogFile>("What a tenant sells, and how it is billed")
            .Optional("currency", &CatalogFile::currency, "Of prices that name none")
            .Optional("policies", &CatalogFile::policies, "Choices of billing")
            .Required("products", &CatalogFile::products, "By id")
            .Required("plans", &CatalogFile::plans, "Price plans by id")
            .Optional("changes", &CatalogFile::changes, "Changes between plans")
            .Optional("coupons", &CatalogFile::coupons, "By code");
    return schema;
}

}  // namespace livery::catalog
