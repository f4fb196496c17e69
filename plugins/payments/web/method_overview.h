#pragma once

#include <livery/db/database.h>
#include <livery/ports/overview.h>

namespace livery::payments {

// On the home page: that a card which is kept runs out, or did and nothing else can be charged.
class MethodOverview final : public OverviewSource {
 public:
    explicit MethodOverview(db::Database& database) : database_(database) {}
    void Contribute(const RequestContext& request, Overview& overview) override;

 private:
    db::Database& database_;
};

}  // namespace livery::payments
