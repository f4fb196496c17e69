#include <livery/config/problems.h>

#include "actions.h"
#include "names.h"
#include "settings/catalog_reader.h"
#include "settings/tax_file.h"

namespace livery::golden {

using config::Node;

namespace {

Result<Made> CheckVatId(World& world, db::Transaction&, const Args& args) {
    AccountSetup& account = AccountNamed(world, args, "account");
    const std::string answer = args.Text("answer");
    if (answer != "valid" && answer != "invalid" && answer != "unreachable")
        args.Fail("answer", "write valid, invalid or unreachable");
    account.profile.vat_id_valid.reset();
    if (answer != "unreachable") account.profile.vat_id_valid = answer == "valid";
    return Made{};
}

Result<Made> SetRate(World& world, db::Transaction&, const Args& args) {
    const Currency currency = args.CurrencyOr(world.tenant().currency);
    world.rates.insert_or_assign(currency, args.Number("rate", Decimal(1)));
    return Made{};
}

Result<Made> TaxProvider(World& world, db::Transaction&, const Args& args) {
    world.tax_provider_answers = args.Flag("answers", true);
    return Made{};
}

Error RefusedBy(const catalog::Objection& objection) {
    switch (objection.reason) {
        case catalog::Objection::Reason::kGone:
            return Conflict("error.sold_and_gone");
        case catalog::Objection::Reason::kChanged:
            return Conflict("error.sold_otherwise");
        case catalog::Objection::Reason::kDatedBack:
            return Conflict("error.dated_back");
    }
    return Conflict("error.sold_otherwise");
}

// The first thing that is wrong with a section.
void FailFor(const config::Problems& problems, const Args& args) {
    if (problems.empty()) return;
    const config::Problem& first = problems.list().front();
    throw ScenarioError{first.at.line > 0 ? first.at : args.node().at,
                        first.key + (first.key.empty() ? "" : ": ") + first.message};
}

// As a host does when it reads its files again: what cannot stand beside what was sold is refused.
// Everybody has the new catalog from now on; the policies stay unless it says others.
Result<Made> ChangeCatalog(World& world, db::Transaction&, const Args& args) {
    config::Problems problems;
    billing::Catalog catalog = catalog::ReadCatalog(
        args.node(), config::Reader("catalog", problems), world.tenant().currency);
    FailFor(problems, args);
    const auto objections = catalog::ObjectionsTo(catalog, world.store().state().used);
    if (!objections.empty()) return RefusedBy(objections.front());
    if (!args.Has("policies")) catalog.policies = world.catalog().policies;
    world.Set(std::move(catalog));
    return Made{};
}

Result<Made> ChangeTaxes(World& world, db::Transaction&, const Args& args) {
    config::Problems problems;
    taxes::TaxRules rules = taxes::ReadTaxRules(args.node(), config::Reader("taxes", problems));
    FailFor(problems, args);
    world.Set(std::move(rules));
    return Made{};
}

Result<Made> ChangeAccount(World& world, db::Transaction&, const Args& args) {
    ReadProfile(args, AccountNamed(world, args, "account").profile);
    return Made{};
}

}  // namespace

void AddSettingActions(ActionMap& actions) {
    actions["check_vat_id"] = {Words({"answer"}, {"account"}), CheckVatId};
    actions["set_rate"] = {Words({"rate"}, {"currency"}), SetRate};
    actions["tax_provider"] = {Words({"answers"}, {}), TaxProvider};
    actions["change_catalog"] = {
        Words({"products", "plans"}, {"currency", "policies", "changes", "coupons"}),
        ChangeCatalog};
    actions["change_taxes"] = {Words({}, {"seller_country", "prices_include_tax", "taxes"}),
                               ChangeTaxes};
    actions["change_account"] = {
        Words({}, {"account", "billing_day", "class", "customer_class", "country", "region",
                   "postcode", "vat_id", "vat_id_valid", "sites", "exemptions"}),
        ChangeAccount};
}

void ReadProfile(const Args& args, BillingProfile& profile) {
    profile.account_class = args.Text("class", profile.account_class);
    profile.customer_class = args.Text("customer_class", profile.customer_class);
    // An address is one: what is not said of a new one is not known.
    if (args.Has("country") || args.Has("region") || args.Has("postcode"))
        profile.place = args.Place();
    if (args.Has("vat_id")) {
        profile.vat_id = args.Text("vat_id");
        profile.vat_id_valid.reset();
    }
    if (args.Has("vat_id_valid")) profile.vat_id_valid = args.Flag("vat_id_valid", false);
    profile.billing_day = static_cast<int>(args.Whole("billing_day", profile.billing_day));
    if (profile.billing_day < 0 || profile.billing_day > 31) args.Fail("billing_day", "is 1 to 31");
    if (const Node* sites = args.node().Find("sites")) {
        if (sites->kind != Node::Kind::kMap)
            args.Fail("sites", "write {austin: {country: US, region: TX}}");
        profile.sites.clear();
        for (const Node::Entry& site : sites->entries) {
            CheckWords(site.value, Words({}, {"country", "region", "postcode"}), "a site");
            profile.sites[site.key] = Args(site.value).Place();
        }
    }
    if (args.Has("exemptions")) {
        profile.exemptions.clear();
        for (const Node& each : args.List("exemptions")) {
            CheckWords(each, Words({"tax", "until"}, {"certificate"}), "an exemption");
            const Args of(each);
            profile.exemptions.push_back({of.Text("tax"), of.Text("certificate"),
                                          std::chrono::floor<std::chrono::days>(of.Time("until"))});
        }
    }
}

}  // namespace livery::golden
