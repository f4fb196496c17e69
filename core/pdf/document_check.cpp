#include "pdf/document_check.h"

#include <algorithm>

#include <livery/utf8.h>

#include "pdf/colour.h"
#include "pdf/document_fields.h"

namespace livery::pdf {

namespace {

constexpr std::size_t kMostText = std::size_t{16} << 20;
constexpr std::size_t kMostAttached = std::size_t{32} << 20;
constexpr std::size_t kMostLogo = std::size_t{256} << 10;
constexpr std::size_t kMostFooterColumns = 4;

// XML 1.0 knows no other control characters, and nobody can see them on paper.
bool IsControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7f;
}

class TextCheck {
 public:
    template <class... Members>
    void operator()(const Members&... members) {
        (Look(members), ...);
    }
    void Binary(const std::string& bytes) { attached_ += bytes.size(); }
    bool good() const { return good_; }
    std::size_t text() const { return text_; }
    std::size_t attached() const { return attached_; }

 private:
    void Look(const std::string& text) {
        text_ += text.size();
        good_ = good_ && IsUtf8(text) && std::none_of(text.begin(), text.end(), IsControl);
    }
    template <class T>
    void Look(const std::vector<T>& list) {
        for (const T& item : list) Look(item);
    }
    void Look(Instant) {}
    template <class T>
    void Look(const T& value) {
        if constexpr (std::is_class_v<T>) VisitFields(*this, value);
    }

    bool good_ = true;
    std::size_t text_ = 0;
    std::size_t attached_ = 0;
};

bool HasWrongCells(const Document::Table& table) {
    const auto wrong = [&](const Document::Row& row) {
        return row.cells.size() != table.columns.size();
    };
    return std::any_of(table.rows.begin(), table.rows.end(), wrong);
}

Result<void> CheckTables(const Document& document) {
    for (const Document::Table& table : document.tables) {
        if (table.columns.empty()) return InvalidField("tables", "empty");
        if (HasWrongCells(table)) return InvalidField("tables", "cells");
        for (const Document::Column& column : table.columns) {
            if (column.width < 1 || column.width > 1000) return InvalidField("tables", "cells");
        }
    }
    return {};
}

Result<void> CheckTexts(const Document& document) {
    TextCheck check;
    VisitFields(check, document);
    if (!check.good()) return InvalidField("document", "text");
    if (check.text() > kMostText) return InvalidField("document", "too_large");
    if (check.attached() > kMostAttached) return InvalidField("attachments", "too_large");
    if (document.brand.logo_svg.size() > kMostLogo)
        return InvalidField("brand.logo_svg", "too_large");
    return {};
}

}  // namespace

Result<void> CheckDocument(const Document& document) {
    LIVERY_TRY(CheckTexts(document));
    if (document.title.empty()) return InvalidField("title", "empty");
    if (document.language.empty()) return InvalidField("language", "empty");
    if (document.blocks.empty() && document.opening.empty() && document.tables.empty() &&
        document.totals.empty() && document.notes.empty()) {
        return InvalidField("document", "empty");
    }
    if (!ParseColour(document.brand.colour)) return InvalidField("brand.colour", "colour");
    if (document.footer.size() > kMostFooterColumns) return InvalidField("footer", "too_large");
    if (!document.archival && !document.xmp_extension.empty())
        return InvalidField("xmp_extension", "xml");
    for (const Document::Attachment& attachment : document.attachments) {
        if (attachment.name.empty() || attachment.mime_type.empty())
            return InvalidField("attachments", "empty");
    }
    return CheckTables(document);
}

}  // namespace livery::pdf
