#include <livery/api/schema.h>

#include "api/invoice_api.h"

namespace livery::invoices {

using api::Json;

Json SpanOrNull() {
    Json schema = api::Object("A stretch of time; `to` does not belong to it.",
                              {{"from", api::Text("Its begin, on the clocks of the business", 19)},
                               {"to", api::Text("Its end, exclusive", 19)}});
    schema["type"] = Json::array({"object", "null"});
    return schema;
}

namespace {

Json Derivation() {
    return api::Object(
        "unit_price × quantity × share = product, rounded to the line's amount.",
        {{"unit_price", api::DecimalText("Of one unit for a whole period")},
         {"quantity", api::DecimalText("How many")},
         {"share", api::Object("What part of the period is charged.",
                               {{"numerator", {{"type", "integer"}, {"format", "int64"}}},
                                {"denominator", {{"type", "integer"}, {"format", "int64"}}}})},
         {"covers", SpanOrNull()},
         {"period", SpanOrNull()},
         {"product", api::Nullable(api::Text("Before rounding; null when it is no product"))},
         {"rounding", api::OneOf({"half_up"})},
         {"tax_included", api::Flag("The price includes its taxes")},
         {"price_effective_from", api::Nullable(api::DayText("Of the plan's version"))},
         {"phase", api::Nullable(api::Integer("Its place in the plan, from 1", 1, 1000))}});
}

Json LineTax() {
    return api::Object("One tax on a line.",
                       {{"code", api::Text("The tenant's code of the tax")},
                        {"name", api::Text("As it is printed")},
                        {"category", api::Text("EN 16931 (UNTDID 5305)")},
                        {"rate", api::DecimalText("Per cent")},
                        {"base", api::Ref("Money")},
                        {"amount", api::Ref("Money")},
                        {"note", api::Text("Why there is none, or another")}});
}

Json DocumentLine() {
    return api::Object("A line, as it was invoiced.",
                       {{"id", api::IdText("ivl")},
                        {"kind", api::OneOf({"recurring", "one_time", "usage", "charge", "repair",
                                             "adjustment", "credit", "child"})},
                        {"text", api::Text("What it is for")},
                        {"plan", api::Text("The plan's name; empty when there is none")},
                        {"site", api::Text("Where it is delivered; empty: at the account")},
                        {"subscription", api::Nullable(api::IdText("sub"))},
                        {"corrects", api::Nullable(api::IdText("ivl"))},
                        {"amount", api::Ref("Money")},
                        {"discount", api::Ref("Money")},
                        {"net", api::Ref("Money")},
                        {"tax", api::Ref("Money")},
                        {"total", api::Ref("Money")},
                        {"taxes", api::ArrayOf(LineTax())},
                        {"derivation", Derivation()}});
}

// An invoice's, then a credit note's.
Json State() {
    Json schema = api::OneOf({"open", "partly_paid", "overdue", "paid", "void", "written_off",
                              "credited", "refunded", "partly_refunded"});
    schema["description"] =
        "A credit note is `refunded`, `credited` to the account, or `partly_refunded` and the rest "
        "credited; all others are an invoice's.";
    return schema;
}

Json SetOff() {
    Json schema = api::ArrayOf(
        api::Object("What of a credit note's credit was used at once, and for which invoice.",
                    {{"invoice", api::IdText("inv")}, {"amount", api::Ref("Money")}}));
    schema["description"] = "Of a credit note; the rest of `account_credit` stayed the account's.";
    return schema;
}

Json DocumentSchema(bool with_lines) {
    Json schema = api::Object("An invoice or a credit note; a credit note's amounts are negative.",
                              {{"id", api::IdText("inv")},
                               {"account", api::IdText("acc")},
                               {"kind", api::OneOf({"invoice", "credit_note"})},
                               {"number", api::Text("As it is printed")},
                               {"status", State()},
                               {"currency", api::Text("ISO 4217", 3)},
                               {"issued_on", api::DayText("The day on which it became final")},
                               {"due_on", api::DayText("Until when it is to be paid")},
                               {"period", SpanOrNull()},
                               {"corrects", api::Nullable(api::IdText("inv"))},
                               {"net", api::Ref("Money")},
                               {"tax", api::Ref("Money")},
                               {"total", api::Ref("Money")},
                               {"paid", api::Ref("Money")},
                               {"refunded", api::Ref("Money")},
                               {"account_credit", api::Ref("Money")},
                               {"credited", api::Ref("Money")},
                               {"written_off", api::Ref("Money")},
                               {"balance", api::Ref("Money")}});
    if (with_lines) {
        schema["properties"]["set_off"] = SetOff();
        schema["required"].push_back("set_off");
        schema["properties"]["lines"] = api::ArrayOf(api::Ref("DocumentLine"));
        schema["required"].push_back("lines");
    }
    return schema;
}

}  // namespace

void AddInvoiceSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"DocumentLine", DocumentLine()});
    registrar.Add(api::Schema{"Document", DocumentSchema(true)});
    registrar.Add(api::Schema{"ListedDocument", DocumentSchema(false)});
    registrar.Add(api::ListOf("DocumentList", "ListedDocument"));
}

}  // namespace livery::invoices
