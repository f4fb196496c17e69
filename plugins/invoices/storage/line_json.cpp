#include "storage/line_json.h"

#include <nlohmann/json.hpp>

#include <livery/check.h>

namespace livery::invoices {

namespace {

using billing::ChargeKey;
using billing::LineTax;
using nlohmann::json;

Decimal DecimalOf(const json& node) {
    const auto decimal = Decimal::Parse(node.get_ref<const std::string&>());
    LIVERY_CHECK(decimal.has_value(), "a stored number that is none");
    return *decimal;
}

CivilTime TimeOf(const json& node) {
    const auto time = ParseCivilTime(node.get_ref<const std::string&>());
    LIVERY_CHECK(time.has_value(), "a stored time that is none");
    return *time;
}

json KeyJson(const ChargeKey& key) {
    return {{"kind", static_cast<int>(key.kind)},
            {"plan", key.plan},
            {"phase", key.phase},
            {"version", ToIso(key.version)},
            {"meter", key.meter},
            {"unit_price", key.unit_price.ToString()},
            {"quantity", key.quantity.ToString()}};
}

ChargeKey KeyFrom(const json& node) {
    const auto version = ParseDate(node.at("version").get<std::string>());
    LIVERY_CHECK(version.has_value(), "a stored day that is none");
    return {static_cast<ChargeKey::Kind>(node.at("kind").get<int>()),
            node.at("plan"),
            node.at("phase"),
            *version,
            node.at("meter"),
            DecimalOf(node.at("unit_price")),
            DecimalOf(node.at("quantity"))};
}

json TaxJson(const LineTax& tax) {
    return {{"code", tax.code},
            {"name", tax.name},
            {"category", tax.category},
            {"rate", tax.rate.ToString()},
            {"base", tax.base.minor_units()},
            {"amount", tax.amount.minor_units()},
            {"note", tax.note}};
}

LineTax TaxFrom(const json& node, Currency currency) {
    return {node.at("code"),
            node.at("name"),
            node.at("category"),
            DecimalOf(node.at("rate")),
            Money(node.at("base").get<std::int64_t>(), currency),
            Money(node.at("amount").get<std::int64_t>(), currency),
            node.at("note")};
}

}  // namespace

std::string DetailsOf(const Line& line) {
    json details{{"text", line.text},
                 {"plan", line.plan},
                 {"site", line.site},
                 {"tax_class", line.tax_class},
                 {"period_from", ToIso(line.period.from)},
                 {"period_to", ToIso(line.period.to)},
                 {"unit_price", line.unit_price.ToString()},
                 {"quantity", line.quantity.ToString()},
                 {"share", {line.share.num, line.share.den}}};
    json taxes = json::array();
    for (const LineTax& tax : line.taxes) taxes.push_back(TaxJson(tax));
    details["taxes"] = std::move(taxes);
    if (line.key) details["key"] = KeyJson(*line.key);
    if (line.tax_codes) details["tax_codes"] = *line.tax_codes;
    if (line.child_invoice) details["child_invoice"] = line.child_invoice->ToString();
    if (line.child_account) details["child_account"] = line.child_account->ToString();
    return details.dump();
}

void ReadDetails(std::string_view text, Line& line) {
    const json details = json::parse(text);
    line.text = details.at("text");
    line.plan = details.at("plan");
    line.site = details.at("site");
    line.tax_class = details.at("tax_class");
    line.period = {TimeOf(details.at("period_from")), TimeOf(details.at("period_to"))};
    line.unit_price = DecimalOf(details.at("unit_price"));
    line.quantity = DecimalOf(details.at("quantity"));
    line.share = {details.at("share").at(0).get<std::int64_t>(),
                  details.at("share").at(1).get<std::int64_t>()};
    for (const json& tax : details.at("taxes"))
        line.taxes.push_back(TaxFrom(tax, line.amount.currency()));
    if (details.contains("key")) line.key = KeyFrom(details.at("key"));
    if (details.contains("tax_codes"))
        line.tax_codes = details.at("tax_codes").get<std::vector<std::string>>();
    if (details.contains("child_invoice"))
        line.child_invoice = InvoiceId::Parse(details.at("child_invoice").get<std::string>());
    if (details.contains("child_account"))
        line.child_account = AccountId::Parse(details.at("child_account").get<std::string>());
}

}  // namespace livery::invoices
