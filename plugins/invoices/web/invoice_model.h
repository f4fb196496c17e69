#pragma once

#include <string_view>
#include <vector>

#include <livery/view/formatter.h>
#include <livery/view/view_model.h>

#include "storage/document_list_repository.h"
#include "storage/document_repository.h"
#include "storage/set_off_repository.h"

namespace livery::invoices {

// Invoices as templates show them: display-ready.

void ShowList(const ListPage& page, Date today, const Formatter& format, ViewModel& model);
void ShowStandings(const std::vector<Standing>& standings, const Formatter& format,
                   ViewModel& model);

struct ShownDocument {
    const Document& document;
    const std::vector<ListedDocument>& notes;  // about it
    const std::vector<SetOff>& set_off;        // of it, or against it
    const std::vector<Payment>& payments;      // of the account
    const Document* corrected;                 // what it is a note about; nullptr = nothing
};
void ShowDocument(const ShownDocument& shown, Date today, const Formatter& format,
                  ViewModel& model);
void ShowWhy(const Line& line, const Formatter& format, ViewModel& model);

// Documents of an export that have no place in it; `others` have, and are to be had at `href`.
struct LeftOut {
    std::string number;
    std::string href;
    std::string why;  // ready to read
};
void ShowLeftOut(const std::vector<LeftOut>& left_out, std::size_t others, const std::string& href,
                 const Formatter& format, ViewModel& model);

// What waits for its taxes: beside the list, and one of them.
void ShowPending(const std::vector<ListedDocument>& pending, const Formatter& format,
                 ViewModel& model);
void ShowPendingDocument(const Document& document, const Formatter& format, ViewModel& model);

// The form that asks for a range of dates and a format; what was typed stays, with what was wrong
// of it beside its field.
struct ExportForm {
    std::string_view from;
    std::string_view to;
    std::string_view format;
    Date today{};
    bool has_xml = false;
    std::string_view bad_field = {};  // "from", "to", "format"; "" = none
    std::string_view error = {};      // ready to read
};
void ShowExport(const ExportForm& form, const Formatter& format, ViewModel& model);

}  // namespace livery::invoices
