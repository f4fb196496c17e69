#include <stdexcept>

#include <livery/money/rounding.h>

#include "domain/e_invoice/testing/readers.h"

namespace livery::invoices::e_invoice {

std::string Source::Text(const char* path) const {
    return node_.first_element_by_path(path).child_value();
}

std::string Source::Attribute(const char* path, const char* name) const {
    return node_.first_element_by_path(path).attribute(name).value();
}

Identifier Source::Identified(const char* path) const {
    return {Text(path), Attribute(path, "schemeID")};
}

std::optional<Decimal> Source::Number(const char* path) const { return Decimal::Parse(Text(path)); }

std::optional<Money> Source::Amount(const char* path,
                                    const std::optional<Currency>& currency) const {
    if (!currency) return std::nullopt;
    return ParseMoney(Text(path), *currency);
}

std::optional<Date> Source::Day(const char* path) const {
    std::string text = Text(path);
    if (text.size() == 8) text.insert(6, "-").insert(4, "-");
    return ParseDate(text);
}

Source Parse(pugi::xml_document& document, const std::string& xml) {
    const auto options = pugi::parse_default | pugi::parse_ws_pcdata_single;
    const auto result = document.load_buffer(xml.data(), xml.size(), options, pugi::encoding_utf8);
    if (!result) throw std::runtime_error(result.description());
    return Source(document.document_element());
}

}  // namespace livery::invoices::e_invoice
