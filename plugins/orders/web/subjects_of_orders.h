#pragma once

#include <livery/db/database.h>
#include <livery/ports/ticket_subjects.h>

namespace livery::orders {

// Orders, as what a request for help is about.
class SubjectsOfOrders final : public TicketSubjectSource {
 public:
    explicit SubjectsOfOrders(db::Database& database) : database_(database) {}
    std::vector<Kind> Kinds() const override { return {{"order", "ord"}}; }
    std::optional<TicketSubject> Find(const Asked& asked, const Formatter& words) override;

 private:
    db::Database& database_;
};

}  // namespace livery::orders
