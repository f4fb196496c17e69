#include "web/invoice_overview.h"

#include "storage/document_list_repository.h"
#include "web/document_text.h"

namespace livery::invoices {

namespace {
constexpr std::size_t kMost = 5;
}

void InvoiceOverview::Contribute(const RequestContext& r, Overview& overview) {
    const Formatter& t = r.format();
    for (const DocumentRow& listed :
         DocumentListRepository::DueFirst(database_, r.tenant().id, AccountOf(r), kMost)) {
        const std::string amount = t.Amount(listed.balance);
        const bool late = listed.IsOverdue(r.today());
        overview.upcoming.push_back(
            {listed.due_on, KindText(listed.kind, t) + " " + listed.number,
             t.Text(late ? "upcoming.overdue" : "upcoming.due", {{"amount", amount}}),
             late ? "circle-alert" : "receipt-text", PathOf(listed.id)});
    }
}

}  // namespace livery::invoices
