#include "web/subjects_of_invoices.h"

#include <algorithm>

#include "storage/document_repository.h"
#include "web/document_text.h"

namespace livery::invoices {

std::optional<TicketSubject> SubjectsOfInvoices::Find(const Asked& asked, const Formatter& words) {
    if (asked.kind == "invoice") {
        const auto document = DocumentRepository::Find(database_, asked.tenant.id, asked.account,
                                                       InvoiceId(asked.id));
        if (!document) return std::nullopt;
        return TicketSubject{KindText(document->kind, words) + " " + document->number,
                             PathOf(document->id), ""};
    }
    const InvoiceLineId id(asked.id);
    const auto document =
        DocumentRepository::FindByLine(database_, asked.tenant.id, asked.account, id);
    if (!document) return std::nullopt;
    const auto line = std::find_if(document->lines.begin(), document->lines.end(),
                                   [&](const Line& one) { return one.id == id; });
    if (line == document->lines.end()) return std::nullopt;
    return TicketSubject{words.Text("subject.line", {{"kind", KindText(document->kind, words)},
                                                     {"number", document->number},
                                                     {"what", LineTitle(*line, words)}}),
                         PathOf(document->id) + "/lines/" + id.ToString(), ""};
}

}  // namespace livery::invoices
