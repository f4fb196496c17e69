#pragma once

#include <string>

#include <pugixml.hpp>

#include "domain/e_invoice/semantic_model.h"

// The way back, for tests only: reads what the writers wrote, not what others write.
namespace livery::invoices::e_invoice {

EInvoice ReadUbl(const std::string& xml);
EInvoice ReadCii(const std::string& xml);

// One element that was written, and what stands in it; absent ones are empty.
class Source {
 public:
    explicit Source(pugi::xml_node node) : node_(node) {}
    Source Child(const char* path) const { return Source(node_.first_element_by_path(path)); }
    std::string Text(const char* path) const;
    std::string Attribute(const char* path, const char* name) const;
    Identifier Identified(const char* path) const;
    std::optional<Decimal> Number(const char* path) const;
    std::optional<Money> Amount(const char* path, const std::optional<Currency>& currency) const;
    std::optional<Date> Day(const char* path) const;  // both forms
    template <class Read>
    void Each(const char* name, const Read& read) const {
        for (const pugi::xml_node& child : node_.children(name)) read(Source(child));
    }
    explicit operator bool() const { return static_cast<bool>(node_); }
    const char* Name() const { return node_.name(); }

 private:
    pugi::xml_node node_;
};

// The document of `xml`, kept in `document`; fails the test when it is not well formed.
Source Parse(pugi::xml_document& document, const std::string& xml);

}  // namespace livery::invoices::e_invoice
