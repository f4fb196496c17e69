#include "domain/e_invoice/element.h"

#include <array>
#include <utility>

#include <livery/utf8.h>

namespace livery::invoices::e_invoice {

namespace {

constexpr std::array<std::pair<VatCategory, std::string_view>, 7> kCategories{
    {{VatCategory::kStandard, "S"},
     {VatCategory::kZeroRated, "Z"},
     {VatCategory::kExempt, "E"},
     {VatCategory::kReverseCharge, "AE"},
     {VatCategory::kIntraCommunity, "K"},
     {VatCategory::kExport, "G"},
     {VatCategory::kOutOfScope, "O"}}};

bool IsXmlText(std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        // CR is left out on purpose: every XML parser reads it back as LF.
        if (byte < 0x20 && c != '\t' && c != '\n') return false;
        if (byte == 0x7F) return false;
    }
    return IsUtf8(text) && text.find("\xEF\xBF\xBE") == std::string_view::npos &&
           text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

// Depth is the schema's, not the writer's: at most ten.
bool HasContent(pugi::xml_node node, std::string_view kept) {
    for (pugi::xml_node child = node.first_child(); child;) {
        const pugi::xml_node next = child.next_sibling();
        if (child.type() == pugi::node_element && !HasContent(child, kept)) {
            node.remove_child(child);
        }
        child = next;
    }
    return node.first_child() || node.name() == kept;
}

bool CanBeWritten(pugi::xml_node node) {
    if (!IsXmlText(node.value())) return false;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        if (!IsXmlText(attribute.value())) return false;
    }
    for (const pugi::xml_node& child : node.children()) {
        if (!CanBeWritten(child)) return false;
    }
    return true;
}

// A zero byte would end pugixml's text in silence; U+0001 in its place is refused by ToText.
std::string Terminated(std::string_view value) {
    return value.find('\0') == std::string_view::npos ? std::string(value) : "\x01";
}

struct TextSink final : pugi::xml_writer {
    std::string text;
    void write(const void* bytes, std::size_t size) override {
        text.append(static_cast<const char*>(bytes), size);
    }
};

}  // namespace

std::string_view ToCode(VatCategory category) {
    for (const auto& [value, code] : kCategories) {
        if (value == category) return code;
    }
    return "";
}

std::optional<VatCategory> VatCategoryFrom(std::string_view code) {
    for (const auto& [value, known] : kCategories) {
        if (known == code) return value;
    }
    return std::nullopt;
}

Element& Element::Attribute(const char* name, std::string_view value) {
    if (node_ && !value.empty()) node_.append_attribute(name).set_value(Terminated(value).c_str());
    return *this;
}

Element& Element::EmptyAttribute(const char* name) {
    node_.append_attribute(name).set_value("");
    return *this;
}

Element Element::Text(const char* name, std::string_view value) {
    if (value.empty()) return Element(pugi::xml_node());
    pugi::xml_node child = node_.append_child(name);
    child.append_child(pugi::node_pcdata).set_value(Terminated(value).c_str());
    return Element(child);
}

Element Element::Number(const char* name, const std::optional<Decimal>& value) {
    return Text(name, value ? value->ToString() : "");
}

Element Element::Amount(const char* name, const std::optional<Money>& value) {
    return Text(name, value ? value->ToDecimal() : "");
}

Element Element::Identified(const char* name, const Identifier& id) {
    return Text(name, id.value).Attribute("schemeID", id.scheme);
}

Result<std::string> ToText(pugi::xml_document& document, std::string_view kept) {
    HasContent(document.root(), kept);
    if (!CanBeWritten(document.root())) {
        return InvalidField("e_invoice", "error.e_invoice_characters");
    }
    pugi::xml_node declaration = document.prepend_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    TextSink out;
    document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
    return std::move(out.text);
}

std::string ToFragment(const pugi::xml_document& document) {
    TextSink out;
    document.save(out, "  ", pugi::format_indent | pugi::format_no_declaration,
                  pugi::encoding_utf8);
    return std::move(out.text);
}

}  // namespace livery::invoices::e_invoice
