#include "storage/line_json.h"

#include <livery/check.h>
#include <livery/db/json_text.h>

namespace livery::invoices {

namespace {

using billing::ChargeKey;
using billing::LineTax;
using db::JsonNode;
using db::JsonText;
using db::JsonWriter;

void WriteKey(const ChargeKey& key, JsonWriter& json) {
    json.Key("key").BeginObject();
    json.Set("kind", static_cast<int>(key.kind)).Set("plan", key.plan).Set("phase", key.phase);
    json.Set("version", ToIso(key.version)).Set("meter", key.meter);
    json.Set("unit_price", key.unit_price.ToString()).Set("quantity", key.quantity.ToString());
    json.EndObject();
}

ChargeKey KeyFrom(const JsonNode& node) {
    return {static_cast<ChargeKey::Kind>(node["kind"].Int()),
            std::string(node["plan"].Text()),
            static_cast<int>(node["phase"].Int()),
            node["version"].Day(),
            std::string(node["meter"].Text()),
            node["unit_price"].Number(),
            node["quantity"].Number()};
}

void WriteTax(const LineTax& tax, JsonWriter& json) {
    json.BeginObject().Set("code", tax.code).Set("name", tax.name).Set("category", tax.category);
    json.Set("rate", tax.rate.ToString()).Set("base", tax.base.minor_units());
    json.Set("amount", tax.amount.minor_units()).Set("note", tax.note).EndObject();
}

LineTax TaxFrom(const JsonNode& node, Currency currency) {
    return {std::string(node["code"].Text()),     std::string(node["name"].Text()),
            std::string(node["category"].Text()), node["rate"].Number(),
            Money(node["base"].Int(), currency),  Money(node["amount"].Int(), currency),
            std::string(node["note"].Text())};
}

template <typename Id>
std::optional<Id> IdIn(const JsonNode& details, std::string_view name) {
    if (!details.Has(name)) return std::nullopt;
    return Id::Parse(details[name].Text());
}

}  // namespace

std::string DetailsOf(const Line& line) {
    JsonWriter json;
    json.BeginObject().Set("text", line.text).Set("plan", line.plan).Set("site", line.site);
    json.Set("tax_class", line.tax_class);
    json.Set("period_from", ToIso(line.period.from)).Set("period_to", ToIso(line.period.to));
    json.Set("unit_price", line.unit_price.ToString()).Set("quantity", line.quantity.ToString());
    json.Key("share").BeginArray().Add(line.share.num).Add(line.share.den).EndArray();
    json.Key("taxes").BeginArray();
    for (const LineTax& tax : line.taxes) WriteTax(tax, json);
    json.EndArray();
    if (line.key) WriteKey(*line.key, json);
    if (line.tax_codes) {
        json.Key("tax_codes").BeginArray();
        for (const std::string& code : *line.tax_codes) json.Add(code);
        json.EndArray();
    }
    if (!line.coupons.empty()) {
        json.Key("coupons").BeginArray();
        for (const std::string& code : line.coupons) json.Add(code);
        json.EndArray();
    }
    if (line.child_invoice) json.Set("child_invoice", line.child_invoice->ToString());
    if (line.child_account) json.Set("child_account", line.child_account->ToString());
    return json.EndObject().Text();
}

void ReadDetails(std::string_view text, Line& line) {
    const JsonText read(text);
    const JsonNode details = read.root();
    line.text = details["text"].Text();
    line.plan = details["plan"].Text();
    line.site = details["site"].Text();
    line.tax_class = details["tax_class"].Text();
    line.period = {details["period_from"].Time(), details["period_to"].Time()};
    line.unit_price = details["unit_price"].Number();
    line.quantity = details["quantity"].Number();
    line.share = {details["share"][0].Int(), details["share"][1].Int()};
    const JsonNode taxes = details["taxes"];
    for (std::size_t i = 0; i < taxes.size(); ++i)
        line.taxes.push_back(TaxFrom(taxes[i], line.amount.currency()));
    if (details.Has("key")) line.key = KeyFrom(details["key"]);
    if (details.Has("tax_codes")) {
        const JsonNode codes = details["tax_codes"];
        line.tax_codes.emplace();
        for (std::size_t i = 0; i < codes.size(); ++i)
            line.tax_codes->emplace_back(codes[i].Text());
    }
    if (details.Has("coupons")) {
        const JsonNode codes = details["coupons"];
        for (std::size_t i = 0; i < codes.size(); ++i) line.coupons.emplace_back(codes[i].Text());
    }
    line.child_invoice = IdIn<InvoiceId>(details, "child_invoice");
    line.child_account = IdIn<AccountId>(details, "child_account");
}

}  // namespace livery::invoices
