#pragma once

#include <livery/db/database.h>
#include <livery/ports/ticket_subjects.h>

namespace livery::payments {

// Payments, as what a request for help is about.
class SubjectsOfPayments final : public TicketSubjectSource {
 public:
    explicit SubjectsOfPayments(db::Database& database) : database_(database) {}
    std::vector<Kind> Kinds() const override { return {{"payment", "pay"}}; }
    std::optional<TicketSubject> Find(const Asked& asked, const Formatter& words) override;

 private:
    db::Database& database_;
};

}  // namespace livery::payments
