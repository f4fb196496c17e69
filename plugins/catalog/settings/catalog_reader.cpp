#include "settings/catalog_reader.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <livery/money/rounding.h>

#include "settings/catalog_file.h"

namespace livery::catalog {

using billing::BillingAlignment;
using billing::BillingMode;
using billing::ChangeRule;
using billing::Phase;
using billing::PhaseAlignment;
using billing::PhaseKind;
using billing::Plan;
using billing::PlanVersion;
using billing::Policies;
using billing::Price;
using billing::Product;
using config::Node;
using config::Reader;

namespace {

// How fine an amount may be: charged as it stands, or multiplied first.
enum class Fineness { kMinorUnit, kAny };

// One reading of one catalog.
class CatalogReading {
 public:
    CatalogReading(const Node& root, const Reader& reader, std::optional<Currency> currency)
        : root_(root), reader_(reader), currency_(currency) {}

    billing::Catalog Run() {
        const CatalogFile file = CatalogFile::Schema().Read(root_, reader_);
        if (!file.currency.empty()) {
            currency_ = Currency::Parse(file.currency);
            if (!currency_) Report(*root_.Find("currency"), "currency", "is no ISO 4217 currency");
        }
        catalog_.policies = PoliciesOf(file.policies);
        for (const auto& [id, product] : file.products)
            catalog_.products[id] = {id, product.name, product.tax_class, product.addon_to,
                                     ReadProductVersions(id, product)};
        for (const auto& [id, plan] : file.plans) ReadPlan(id, plan);
        for (const auto& [code, coupon] : file.coupons) ReadCoupon(code, coupon);
        for (const ChangeFile& change : file.changes) ReadChange(change);
        CheckProducts();
        CheckReach();
        return std::move(catalog_);
    }

 private:
    const Node& Place(std::initializer_list<std::string_view> keys) const {
        const Node* node = &root_;
        for (const std::string_view key : keys) {
            const Node* next = node->Find(key);
            if (next == nullptr) break;
            node = next;
        }
        return *node;
    }

    void Report(const Node& at, const std::string& path, std::string message) const {
        reader_.Below(path).Report(at.at, std::move(message));
    }

    static Policies PoliciesOf(const PoliciesFile& file) {
        Policies policies;
        if (file.proration == "fixed_30") policies.proration = Policies::Proration::kFixed30;
        if (file.proration == "to_the_second")
            policies.proration = Policies::Proration::kToTheSecond;
        if (file.last_day == "billed") policies.last_day = Policies::LastDay::kBilled;
        if (file.day_of_change == "old_plan") policies.day_of_change = Policies::DayOfChange::kOld;
        if (file.pause_credit == "none") policies.pause_credit = Policies::PauseCredit::kNone;
        policies.credit_one_time_on_cancel = file.credit_one_time_on_cancel;
        if (file.tax_rounding == "per_document")
            policies.tax_rounding = Policies::TaxRounding::kPerDocument;
        if (file.inclusive_rounding == "net")
            policies.inclusive_rounding = Policies::InclusiveRounding::kNet;
        policies.payment_days = file.payment_days;
        return policies;
    }

    void ReadAmount(const Node& node, std::optional<Currency> currency, Fineness fineness,
                    Price& price) const {
        const auto amount = Decimal::Parse(node.text);
        if (!currency) {
            reader_.Report(node.at, "an amount without a currency; write {EUR: \"9.90\"}");
        } else if (!amount || amount->IsNegative() || *amount > Decimal(1'000'000'000'000)) {
            reader_.Report(node.at, fmt::format("`{}` is no amount; write 1234.50", node.text));
        } else if (fineness == Fineness::kMinorUnit && !MoneyFrom(*amount, *currency)) {
            reader_.Report(node.at,
                           fmt::format("`{}` is finer than the minor unit of {}, which "
                                       "has {} decimals",
                                       node.text, currency->code(), currency->minor_digits()));
        } else {
            price[*currency] = *amount;
        }
    }

    Price ReadPrice(const Node& node, Fineness fineness) const {
        Price price;
        if (node.kind == Node::Kind::kNull) return price;
        if (node.kind == Node::Kind::kScalar) {
            ReadAmount(node, currency_, fineness, price);
            return price;
        }
        for (const Node::Entry& entry : node.entries) {
            const auto currency = Currency::Parse(entry.key);
            if (!currency) {
                reader_.Report(entry.at, fmt::format("`{}` is no ISO 4217 currency", entry.key));
            } else {
                ReadAmount(entry.value, currency, fineness, price);
            }
        }
        return price;
    }

    Phase ReadPhase(const PhaseFile& file) const {
        Phase phase;
        if (file.kind == "trial") phase.kind = PhaseKind::kTrial;
        if (file.kind == "discount") phase.kind = PhaseKind::kDiscount;
        if (file.kind == "fixed_term") phase.kind = PhaseKind::kFixedTerm;
        if (!file.length.empty()) phase.length = Length::Parse(file.length);
        phase.recurring = ReadPrice(file.recurring, Fineness::kMinorUnit);
        phase.one_time = ReadPrice(file.one_time, Fineness::kMinorUnit);
        for (const UsageFile& usage : file.usage) {
            phase.usage.push_back({usage.meter, usage.name.empty() ? usage.meter : usage.name,
                                   ReadPrice(usage.unit_price, Fineness::kAny)});
        }
        return phase;
    }

    static bool IsGiven(const Node& price) { return price.kind != Node::Kind::kNull; }

    // The parts that a plan and its later versions have in common.
    template <class File>
    std::vector<Phase> ReadPhases(const File& file, const std::string& path, const Node& at) const {
        std::vector<Phase> phases;
        for (const PhaseFile& phase : file.phases) phases.push_back(ReadPhase(phase));
        if (phases.empty()) {
            PhaseFile only;
            only.recurring = file.recurring, only.one_time = file.one_time;
            only.usage = file.usage;
            phases.push_back(ReadPhase(only));
        } else if (IsGiven(file.recurring) || IsGiven(file.one_time) || !file.usage.empty()) {
            Report(at, path,
                   "has a price beside `phases`, where nobody reads it; write it in the phase "
                   "that it is of");
        }
        for (std::size_t i = 0; i + 1 < phases.size(); ++i) {
            if (!phases[i].length)
                Report(at, path,
                       "a phase without `length` never ends; what follows is never reached");
        }
        const bool priced = std::any_of(phases.begin(), phases.end(), [](const Phase& phase) {
            return !phase.recurring.empty() || !phase.one_time.empty() || !phase.usage.empty();
        });
        if (!priced) Report(at, path, "has no price; give `recurring`, `one_time` or `usage`");
        CheckCurrencies(phases, path, at);
        return phases;
    }

    // Who pays in a currency must find every price in it.
    void CheckCurrencies(const std::vector<Phase>& phases, const std::string& path,
                         const Node& at) const {
        std::set<Currency> all;
        std::vector<const Price*> prices;
        for (const Phase& phase : phases) {
            prices.push_back(&phase.recurring);
            prices.push_back(&phase.one_time);
            for (const billing::UsagePrice& usage : phase.usage)
                prices.push_back(&usage.unit_price);
        }
        for (const Price* price : prices) {
            for (const auto& [currency, amount] : *price) all.insert(currency);
        }
        for (const Price* price : prices) {
            for (const Currency currency : all) {
                if (price->empty() || price->contains(currency)) continue;
                Report(at, path,
                       fmt::format("one of its prices is missing in {}", currency.code()));
            }
        }
    }

    void ReadPlan(const std::string& id, const PlanFile& file) {
        const std::string path = "plans." + id;
        const Node& at = Place({"plans", id});
        if (!catalog_.products.contains(file.product)) {
            std::vector<std::string> known;
            for (const auto& [product, value] : catalog_.products) known.push_back(product);
            const std::string nearest = config::Nearest(file.product, known);
            Report(Place({"plans", id, "product"}), path + ".product",
                   fmt::format("there is no product `{}`{}", file.product,
                               nearest.empty() ? "" : "; did you mean `" + nearest + "`?"));
        }
        Plan plan{id, file.product, file.name, {}, {}, {}, file.account_classes, file.listed};
        plan.retired = file.retired;
        plan.billing_alignment = AlignmentOf(file.align).value_or(BillingAlignment::kSubscription);
        if (file.phases_from == "bundle") plan.phase_alignment = PhaseAlignment::kStartOfBundle;
        PlanVersion first;
        first.frequency = Length::Parse(file.frequency).value_or(Length{});
        first.mode = ModeOf(file.billing, BillingMode::kInAdvance);
        first.phases = ReadPhases(file, path, at);
        plan.versions.push_back(first);
        for (const VersionFile& version : file.versions) ReadVersion(plan, version, path, at);
        catalog_.plans[id] = std::move(plan);
    }

    void ReadVersion(Plan& plan, const VersionFile& file, const std::string& path,
                     const Node& at) const {
        PlanVersion version;
        version.effective_from = ParseDate(file.effective_from).value_or(Date{});
        version.frequency = file.frequency.empty()
                                ? plan.versions.front().frequency
                                : Length::Parse(file.frequency).value_or(Length{});
        version.mode = ModeOf(file.billing, plan.versions.front().mode);
        version.migrate_existing = file.migrate_existing;
        version.alignment = AlignmentOf(file.align);
        // Their periods lie where they were agreed.
        if (file.migrate_existing && version.alignment)
            Report(at, path + ".versions",
                   "`align` holds for who subscribes; it cannot come with `migrate_existing`");
        version.phases = ReadPhases(file, path + ".versions", at);
        if (version.effective_from <= plan.versions.back().effective_from)
            Report(at, path + ".versions", "`effective_from` must come in order");
        plan.versions.push_back(std::move(version));
    }

    static std::optional<BillingAlignment> AlignmentOf(const std::string& text) {
        if (text == "subscription") return BillingAlignment::kSubscription;
        if (text == "bundle") return BillingAlignment::kBundle;
        if (text == "account") return BillingAlignment::kAccount;
        if (text == "calendar") return BillingAlignment::kCalendar;
        return std::nullopt;
    }

    std::vector<Product::Version> ReadProductVersions(const std::string& id,
                                                      const ProductFile& file) const {
        const std::string path = "products." + id + ".versions";
        const Node& at = Place({"products", id, "versions"});
        std::vector<Product::Version> versions;
        for (const ProductVersionFile& version : file.versions) {
            const Date from = ParseDate(version.effective_from).value_or(Date{});
            if (from <= (versions.empty() ? Date{} : versions.back().effective_from))
                Report(at, path, "`effective_from` must come in order");
            if (version.addon_to.empty() || file.addon_to.empty())
                Report(at, path,
                       "an add-on stays one, and what is none becomes none; make a new product");
            versions.push_back({from, version.addon_to});
        }
        return versions;
    }

    static BillingMode ModeOf(const std::string& text, BillingMode otherwise) {
        if (text.empty()) return otherwise;
        return text == "in_arrear" ? BillingMode::kInArrear : BillingMode::kInAdvance;
    }

    void ReadChange(const ChangeFile& file) {
        for (const std::string& name : {file.from, file.to}) {
            if (name != "*" && !catalog_.plans.contains(name) && !catalog_.products.contains(name))
                Report(Place({"changes"}), "changes",
                       fmt::format("there is no plan or product `{}`", name));
        }
        ChangeRule rule;
        rule.from = file.from, rule.to = file.to;
        if (file.timing == "end_of_term") rule.timing = ChangeRule::Timing::kEndOfTerm;
        if (file.timing == "illegal") rule.timing = ChangeRule::Timing::kIllegal;
        if (file.phases == "restart") rule.phases = ChangeRule::Phases::kRestart;
        if (file.periods == "restart") rule.anchor = ChangeRule::Anchor::kRestart;
        rule.prorated = file.proration != "none";
        if (!rule.prorated && rule.anchor == ChangeRule::Anchor::kRestart)
            Report(Place({"changes"}), "changes",
                   "a period that begins with the change is charged from there: with `proration: "
                   "none` they are kept");
        catalog_.changes.push_back(std::move(rule));
    }

    void ReadCoupon(const std::string& code, const CouponFile& file) {
        const Node& at = Place({"coupons", code});
        billing::Coupon coupon;
        coupon.code = code, coupon.name = file.name;
        coupon.percent = Decimal::Parse(file.percent).value_or(Decimal());
        coupon.amount = ReadPrice(file.amount, Fineness::kMinorUnit);
        if (file.times > 0) coupon.times = file.times;
        if (!file.until.empty()) coupon.ends = ParseDate(file.until);
        coupon.plans = file.plans;
        if (coupon.percent.IsZero() == coupon.amount.empty())
            Report(at, "coupons." + code, "give either `percent` or `amount`");
        for (const std::string& plan : file.plans) {
            if (!catalog_.plans.contains(plan))
                Report(at, "coupons." + code, fmt::format("there is no plan `{}`", plan));
        }
        catalog_.coupons[code] = std::move(coupon);
    }

    void CheckBases(const Node& at, const std::string& path,
                    const std::vector<std::string>& bases) const {
        for (const std::string& base : bases) {
            const auto found = catalog_.products.find(base);
            if (found == catalog_.products.end() || found->second.IsAddon())
                Report(at, path, fmt::format("`{}` is no product that can have add-ons", base));
        }
    }

    void CheckProducts() const {
        for (const auto& [id, product] : catalog_.products) {
            const Node& at = Place({"products", id});
            CheckBases(at, "products." + id + ".addon_to", product.addon_to);
            for (const Product::Version& version : product.versions)
                CheckBases(at, "products." + id + ".versions", version.addon_to);
            const bool sold =
                std::any_of(catalog_.plans.begin(), catalog_.plans.end(),
                            [&](const auto& plan) { return plan.second.product == id; });
            if (!sold) Report(at, "products." + id, "no plan sells it");
        }
    }

    // Who shall have a plan that the shop does not show, and that no change leads to?
    void CheckReach() const {
        for (const auto& [id, plan] : catalog_.plans) {
            const auto leads = [&, &reached = plan](const ChangeRule& rule) {
                return rule.timing != ChangeRule::Timing::kIllegal &&
                       (rule.to == reached.id || rule.to == reached.product);
            };
            if (plan.listed || plan.retired ||
                std::any_of(catalog_.changes.begin(), catalog_.changes.end(), leads))
                continue;
            Report(Place({"plans", id}), "plans." + id,
                   "nobody can get it: it is not `listed`, and no change leads to it");
        }
    }

    const Node& root_;
    const Reader& reader_;
    std::optional<Currency> currency_;
    billing::Catalog catalog_;
};

}  // namespace

billing::Catalog ReadCatalog(const Node& node, const Reader& reader,
                             std::optional<Currency> currency) {
    return CatalogReading(node, reader, currency).Run();
}

}  // namespace livery::catalog
