#include "app/document_json.h"

#include "domain/derivation.h"

namespace livery::invoices {

namespace {

using Json = nlohmann::ordered_json;

Json SpanJson(const Span& span) {
    if (span.IsEmpty()) return nullptr;
    return {{"from", ToIso(span.from)}, {"to", ToIso(span.to)}};
}

Json TaxesJson(const std::vector<billing::LineTax>& taxes) {
    Json list = Json::array();
    for (const billing::LineTax& tax : taxes) {
        list.push_back({{"code", tax.code},
                        {"name", tax.name},
                        {"category", tax.category},
                        {"rate", tax.rate.ToString()},
                        {"base", JsonOf(tax.base)},
                        {"amount", JsonOf(tax.amount)},
                        {"note", tax.note}});
    }
    return list;
}

// "Why this amount?"
Json DerivationJson(const Derivation& why) {
    Json json{{"unit_price", why.unit_price.ToString()},
              {"quantity", why.quantity.ToString()},
              {"share", {{"numerator", why.share.num}, {"denominator", why.share.den}}},
              {"covers", SpanJson(why.covers)},
              {"period", SpanJson(why.period)},
              {"product", why.product.empty() ? Json(nullptr) : Json(why.product)},
              {"rounding", "half_up"},
              {"tax_included", why.tax_included}};
    json["price_effective_from"] = why.price_since ? Json(ToIso(*why.price_since)) : Json(nullptr);
    json["phase"] = why.phase ? Json(*why.phase) : Json(nullptr);
    return json;
}

template <class Id>
Json IdJson(const std::optional<Id>& id) {
    return id ? Json(id->ToString()) : Json(nullptr);
}

Json LineJson(const Line& line) {
    return {{"id", line.id.ToString()},
            {"kind", ToString(line.kind)},
            {"text", line.text},
            {"plan", line.plan},
            {"site", line.site},
            {"subscription", IdJson(line.subscription)},
            {"corrects", IdJson(line.corrects)},
            {"amount", JsonOf(line.amount)},
            {"discount", JsonOf(line.discount)},
            {"net", JsonOf(line.net)},
            {"tax", JsonOf(line.Tax())},
            {"total", JsonOf(line.Total())},
            {"taxes", TaxesJson(line.taxes)},
            {"derivation", DerivationJson(DerivationOf(line))}};
}

}  // namespace

Json JsonOf(const Money& money) {
    return {{"amount", money.minor_units()}, {"currency", money.currency().code()}};
}

Json JsonOf(const DocumentSums& sums, Date today) {
    const Document& document = sums.document;
    const Money total = sums.net + sums.tax;
    return {{"id", document.id.ToString()},
            {"account", document.account.ToString()},
            {"kind", ToString(document.kind)},
            {"number", document.number},
            {"status", document.State(today)},
            {"currency", document.currency.code()},
            {"issued_on", ToIso(DayOf(document.issued_at))},
            {"due_on", ToIso(document.due_on)},
            {"period", sums.period ? SpanJson(*sums.period) : Json(nullptr)},
            {"corrects", IdJson(document.corrects)},
            {"net", JsonOf(sums.net)},
            {"tax", JsonOf(sums.tax)},
            {"total", JsonOf(total)},
            {"paid", JsonOf(document.paid)},
            {"refunded", JsonOf(document.refunded)},
            {"account_credit", JsonOf(document.account_credit)},
            {"credited", JsonOf(document.credited)},
            {"written_off", JsonOf(document.written_off)},
            {"balance", JsonOf(document.BalanceOf(total))}};
}

Json DraftJson(const DocumentSums& sums) {
    const Document& draft = sums.document;
    return {{"id", draft.id.ToString()},
            {"account", draft.account.ToString()},
            {"status", ToString(draft.status)},
            {"currency", draft.currency.code()},
            {"made_on", ToIso(DayOf(draft.made_at))},
            {"period", sums.period ? SpanJson(*sums.period) : Json(nullptr)},
            {"net", JsonOf(sums.net)},
            {"tax", JsonOf(sums.tax)},
            {"total", JsonOf(sums.net + sums.tax)}};
}

Json DraftJson(const Document& draft) {
    Json json = DraftJson(DocumentSums{draft, draft.Net(), draft.Tax(), draft.Period()});
    Json lines = Json::array();
    for (const Line& line : draft.lines) lines.push_back(LineJson(line));
    json["lines"] = std::move(lines);
    return json;
}

Json JsonOf(const Document& document, Date today) {
    Json json =
        JsonOf(DocumentSums{document, document.Net(), document.Tax(), document.Period()}, today);
    Json lines = Json::array();
    for (const Line& line : document.lines) lines.push_back(LineJson(line));
    Json set_off = Json::array();
    for (const SettledPart& part : document.set_off)
        set_off.push_back({{"invoice", part.invoice.ToString()}, {"amount", JsonOf(part.amount)}});
    json["set_off"] = std::move(set_off);
    json["lines"] = std::move(lines);
    return json;
}

}  // namespace livery::invoices
