#include "api/catalog_api.h"

#include <livery/api/schema.h>

namespace livery::catalog {

using api::Json;

namespace {

// By currency: {"EUR": "12.5"}.
Json PriceJson(const billing::Price& price) {
    Json json = Json::object();
    for (const auto& [currency, amount] : price)
        json[std::string(currency.code())] = amount.ToString();
    return json;
}

std::string_view KindOf(const billing::Phase& phase) {
    constexpr std::string_view kNames[]{"trial", "discount", "fixed_term", "evergreen"};
    return kNames[static_cast<int>(phase.kind)];
}

Json PhaseJson(const billing::Phase& phase) {
    Json usage = Json::array();
    for (const billing::UsagePrice& price : phase.usage)
        usage.push_back({{"meter", price.meter},
                         {"name", price.name},
                         {"unit_price", PriceJson(price.unit_price)}});
    return {{"kind", KindOf(phase)},
            {"length", phase.length ? Json(phase.length->ToString()) : Json(nullptr)},
            {"recurring", PriceJson(phase.recurring)},
            {"one_time", PriceJson(phase.one_time)},
            {"usage", std::move(usage)}};
}

Json VersionJson(const billing::PlanVersion& version) {
    Json phases = Json::array();
    for (const billing::Phase& phase : version.phases) phases.push_back(PhaseJson(phase));
    return {{"effective_from", ToIso(version.effective_from)},
            {"frequency", version.frequency.ToString()},
            {"mode", version.mode == billing::BillingMode::kInAdvance ? "in_advance" : "in_arrear"},
            {"phases", std::move(phases)}};
}

Json PlanJson(const billing::Plan& plan) {
    Json versions = Json::array();
    for (const billing::PlanVersion& version : plan.versions)
        versions.push_back(VersionJson(version));
    return {{"id", plan.id},
            {"product", plan.product},
            {"name", plan.name},
            {"listed", plan.listed && !plan.retired},
            {"account_classes", plan.account_classes},
            {"versions", std::move(versions)}};
}

Json AddonVersionsJson(const billing::Product& product) {
    Json versions = Json::array();
    for (const billing::Product::Version& version : product.versions)
        versions.push_back(
            {{"effective_from", ToIso(version.effective_from)}, {"addon_to", version.addon_to}});
    return versions;
}

Json CatalogJson(const billing::Catalog& catalog) {
    Json products = Json::array();
    for (const auto& [id, product] : catalog.products)
        products.push_back({{"id", id},
                            {"name", product.name},
                            {"tax_class", product.tax_class},
                            {"addon_to", product.addon_to},
                            {"versions", AddonVersionsJson(product)}});
    Json plans = Json::array();
    for (const auto& [id, plan] : catalog.plans) plans.push_back(PlanJson(plan));
    return {{"products", std::move(products)}, {"plans", std::move(plans)}};
}

Json PriceSchema(std::string_view description) {
    return {{"type", "object"},
            {"description", description},
            {"additionalProperties", api::DecimalText("Of one unit; may be finer than a cent")}};
}

Json PhaseSchema() {
    const Json usage =
        api::Object("A price of what is used.", {{"meter", api::Text("What is counted")},
                                                 {"name", api::Text("Its name")},
                                                 {"unit_price", PriceSchema("By currency")}});
    return api::Object("A stretch of a plan; phases pass in their order.",
                       {{"kind", api::OneOf({"trial", "discount", "fixed_term", "evergreen"})},
                        {"length", api::Nullable(api::Text("14 days, 3 months …; null: for good"))},
                        {"recurring", PriceSchema("By currency; empty: nothing recurs")},
                        {"one_time", PriceSchema("By currency, when the phase begins")},
                        {"usage", api::ArrayOf(usage)}});
}

Json CatalogSchema() {
    const Json fits = api::ArrayOf(api::Text("Id of a base product"));
    const Json addon_version =
        api::Object("What an add-on may be added to from some day on.",
                    {{"effective_from", api::DayText("Its first day")}, {"addon_to", fits}});
    const Json product =
        api::Object("A product.", {{"id", api::Text("Its id")},
                                   {"name", api::Text("Its name")},
                                   {"tax_class", api::Text("What its taxes go by")},
                                   {"addon_to", fits},
                                   {"versions", api::ArrayOf(addon_version)}});
    const Json version =
        api::Object("What a plan is from some day on; who subscribed before keeps his.",
                    {{"effective_from", api::DayText("Its first day")},
                     {"frequency", api::Text("month, year, 14 days …")},
                     {"mode", api::OneOf({"in_advance", "in_arrear"})},
                     {"phases", api::ArrayOf(PhaseSchema())}});
    const Json plan =
        api::Object("A price plan.",
                    {{"id", api::Text("Its id")},
                     {"product", api::Text("The product's id")},
                     {"name", api::Text("Its name")},
                     {"listed", api::Flag("Offered in the shop")},
                     {"account_classes", api::ArrayOf(api::Text("Who may have it; none: all"))},
                     {"versions", api::ArrayOf(version)}});
    return api::Object("What is sold.",
                       {{"products", api::ArrayOf(product)}, {"plans", api::ArrayOf(plan)}});
}

}  // namespace

void AddCatalogApi(Registrar& registrar, CatalogSource& catalogs) {
    registrar.Add(api::Schema{"Catalog", CatalogSchema()});
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/catalog",
                                 "getCatalog",
                                 "Catalog",
                                 "catalog:read",
                                 "Products, plans and prices",
                                 "As it holds now; it is configured, not written by programs.",
                                 {},
                                 "",
                                 "Catalog",
                                 200,
                                 api::Reading([&catalogs](const api::Call& call) -> Result<Json> {
                                     return CatalogJson(*catalogs.Of(call.tenant().id));
                                 })});
}

}  // namespace livery::catalog
