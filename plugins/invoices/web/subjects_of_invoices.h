#pragma once

#include <livery/db/database.h>
#include <livery/ports/ticket_subjects.h>

namespace livery::invoices {

// Invoices, credit notes and their lines, as what a request for help is about.
class SubjectsOfInvoices final : public TicketSubjectSource {
 public:
    explicit SubjectsOfInvoices(db::Database& database) : database_(database) {}
    std::vector<Kind> Kinds() const override {
        return {{"invoice", "inv"}, {"invoice_line", "ivl"}};
    }
    std::optional<TicketSubject> Find(const Asked& asked, const Formatter& words) override;

 private:
    db::Database& database_;
};

}  // namespace livery::invoices
