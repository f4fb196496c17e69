#pragma once

#include <livery/db/database.h>
#include <livery/ports/overview.h>

namespace livery::invoices {

// What invoices put on the home page: those that are to be paid.
class InvoiceOverview final : public OverviewSource {
 public:
    explicit InvoiceOverview(db::Database& database) : database_(database) {}
    void Contribute(const RequestContext& request, Overview& overview) override;

 private:
    db::Database& database_;
};

}  // namespace livery::invoices
