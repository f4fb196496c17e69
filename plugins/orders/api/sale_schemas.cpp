#include <livery/api/schema.h>

#include "api/sale_api.h"

namespace livery::orders {

using api::Json;

namespace {

Json LineJson(const ChargedLine& line) {
    Json taxes = Json::array();
    for (const billing::LineTax& tax : line.taxes)
        taxes.push_back({{"name", tax.name},
                         {"rate", tax.rate.ToString()},
                         {"amount", api::MoneyOf(tax.amount)}});
    const bool covers = !line.covers.IsEmpty();
    return {{"text", line.text},
            {"plan", line.plan},
            {"from", covers ? Json(api::CivilOf(line.covers.from)) : Json(nullptr)},
            {"to", covers ? Json(api::CivilOf(line.covers.to)) : Json(nullptr)},
            {"unit_price", line.unit_price.ToString()},
            {"quantity", line.quantity.ToString()},
            {"amount", api::MoneyOf(line.amount)},
            {"discount", api::MoneyOf(line.discount)},
            {"net", api::MoneyOf(line.net)},
            {"taxes", std::move(taxes)}};
}

Json LineSchema() {
    const Json tax = api::Object("One tax.", {{"name", api::Text("As it is printed")},
                                              {"rate", api::DecimalText("Per cent")},
                                              {"amount", api::Ref("Money")}});
    return api::Object("A line that would be charged (+) or given back (−).",
                       {{"text", api::Text("What it is for")},
                        {"plan", api::Text("The plan's name; empty: none")},
                        {"from", api::Nullable(api::CivilText("Begin of what it covers"))},
                        {"to", api::Nullable(api::CivilText("Its end, exclusive"))},
                        {"unit_price", api::DecimalText("Of one for a whole period")},
                        {"quantity", api::DecimalText("How many")},
                        {"amount", api::Ref("Money")},
                        {"discount", api::Ref("Money")},
                        {"net", api::Ref("Money")},
                        {"taxes", api::ArrayOf(tax)}});
}

Json PlannedSchema() {
    Json schema = api::Object(
        "Of a purchase for a later day, at that day's prices as they are known now: what the order "
        "is about. It is charged on that day, and none of it now. Null: of nothing else.",
        {{"subtotal", api::Ref("Money")},
         {"tax", api::Ref("Money")},
         {"total", api::Ref("Money")}});
    schema["type"] = Json::array({"object", "null"});
    return schema;
}

Json PlannedJson(const std::optional<Order>& order) {
    if (!order) return nullptr;
    return {{"subtotal", api::MoneyOf(order->Subtotal())},
            {"tax", api::MoneyOf(order->tax)},
            {"total", api::MoneyOf(order->Total())}};
}

Json QuoteSchema() {
    const Json document = api::Object("A document that would be made.",
                                      {{"kind", api::OneOf({"invoice", "credit_note"})},
                                       {"lines", api::ArrayOf(LineSchema())},
                                       {"net", api::Ref("Money")},
                                       {"tax", api::Ref("Money")},
                                       {"total", api::Ref("Money")},
                                       {"balance", api::Ref("Money")}});
    return api::Object("What would be charged, and the token that holds it for fifteen minutes.",
                       {{"quote", api::IdText("quo")},
                        {"effective_at", api::CivilText("When it would come true")},
                        {"documents", api::ArrayOf(document)},
                        {"planned", PlannedSchema()}});
}

Json PurchaseSchema() {
    return api::Object(
        "What somebody wants to subscribe to.",
        {{"account", api::IdText("acc")},
         {"plan", api::Text("The plan's id", 80)},
         api::Optional("quantity", api::DecimalText("1 when nothing is said")),
         api::Optional("currency", api::Text("The tenant's when nothing is said", 3)),
         api::Optional("site", api::Text("Label of an address", 160)),
         api::Optional("base", api::IdText("sub")),
         api::Optional("coupon", api::Text("A code", 80)),
         api::Optional("name", api::Text("Own reference", kLongestOrderName)),
         api::Optional("begins_on",
                       api::DayText("From today on, up to two years ahead. The order waits until "
                                    "that day and is charged then; not with a coupon")),
         api::Optional("quote", api::IdText("quo"))});
}

Json ChangeSchema() {
    return api::Object(
        "What is to be different. `plan` takes plan and perhaps quantity and on; `quantity` takes "
        "quantity and perhaps when (now); "
        "`pause` takes from and until, both as wished; `cancel` takes when, or on, and perhaps "
        "reason; "
        "`billing_day` takes day; the others take nothing.",
        {{"account", api::IdText("acc")},
         {"change", api::OneOf({"plan", "quantity", "withdraw_change", "pause", "resume", "cancel",
                                "withdraw_cancel", "billing_day"})},
         api::Optional("plan", api::Text("The new plan's id", 80)),
         api::Optional("quantity", api::DecimalText("How many from now on")),
         api::Optional("from", api::CivilText("Begin of a pause; now when nothing is said")),
         api::Optional("until", api::CivilText("End of a pause; open when nothing is said")),
         api::Optional("when", api::OneOf({"now", "term_end"})),
         api::Optional("on",
                       api::DayText("The day on which it ends, or on which the plan changes "
                                    "whenever it would otherwise; from today on, up to two years "
                                    "ahead. The price is that of the day on which it is asked "
                                    "for")),
         api::Optional("reason", api::Text("too_expensive, not_used, …, or words", 200)),
         api::Optional("day", api::Integer("Of the month", 1, 31)),
         api::Optional("quote", api::IdText("quo"))});
}

}  // namespace

Json JsonOf(const Quote& quote) {
    Json documents = Json::array();
    for (const ChargedDocument& document : quote.charged.documents) {
        Json lines = Json::array();
        for (const ChargedLine& line : document.lines) lines.push_back(LineJson(line));
        documents.push_back({{"kind", document.is_credit_note ? "credit_note" : "invoice"},
                             {"lines", std::move(lines)},
                             {"net", api::MoneyOf(document.net)},
                             {"tax", api::MoneyOf(document.tax)},
                             {"total", api::MoneyOf(document.total)},
                             {"balance", api::MoneyOf(document.balance)}});
    }
    return {{"quote", quote.token.ToString()},
            {"effective_at", api::CivilOf(quote.effective_at)},
            {"documents", std::move(documents)},
            {"planned", PlannedJson(quote.planned)}};
}

void AddSaleSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"Purchase", PurchaseSchema()});
    registrar.Add(api::Schema{"Change", ChangeSchema()});
    registrar.Add(api::Schema{"Quote", QuoteSchema()});
    registrar.Add(api::Schema{"SaleOutcome",
                              api::Object("What came of it. Everything due is invoiced at once; an "
                                          "order for a later day has no subscription yet.",
                                          {{"order", api::Nullable(api::IdText("ord"))},
                                           {"subscription", api::Nullable(api::IdText("sub"))}})});
}

}  // namespace livery::orders
