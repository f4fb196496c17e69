#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include <livery/result.h>

#include "domain/e_invoice/semantic_model.h"

namespace livery::invoices::e_invoice {

std::string_view ToCode(VatCategory category);  // "S", "AE", …
std::optional<VatCategory> VatCategoryFrom(std::string_view code);

// Appends to one XML element, in the order of the calls. What is empty or absent leaves nothing
// behind; elements that stay without content are taken away by ToText. Borrows its document.
class Element {
 public:
    explicit Element(pugi::xml_node node) : node_(node) {}
    Element Child(const char* name) { return Element(node_.append_child(name)); }
    Element& Attribute(const char* name, std::string_view value);
    Element& EmptyAttribute(const char* name);
    // Each returns the element it wrote; an attribute of an absent one is not written.
    Element Text(const char* name, std::string_view value);
    Element Number(const char* name, const std::optional<Decimal>& value);
    Element Amount(const char* name, const std::optional<Money>& value);
    Element Identified(const char* name, const Identifier& id);  // with schemeID

 private:
    pugi::xml_node node_;
};

// The document as UTF-8 text, the same for the same content. Elements without content go, but for
// `kept`. kInvalid when a text holds what XML 1.0 cannot carry: control characters, U+FFFE,
// U+FFFF, or bytes that are not UTF-8.
Result<std::string> ToText(pugi::xml_document& document, std::string_view kept);
// As it stands, without a declaration: for text of our own that goes into another document.
std::string ToFragment(const pugi::xml_document& document);

}  // namespace livery::invoices::e_invoice
