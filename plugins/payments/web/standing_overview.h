#pragma once

#include <livery/db/database.h>
#include <livery/ports/overview.h>

namespace livery::payments {

// On the home page: that something is overdue and what follows of it, and until when the account
// has promised to pay.
class StandingOverview final : public OverviewSource {
 public:
    explicit StandingOverview(db::Database& database) : database_(database) {}
    void Contribute(const RequestContext& request, Overview& overview) override;

 private:
    db::Database& database_;
};

}  // namespace livery::payments
