#pragma once

#include <livery/db/database.h>
#include <livery/http/route.h>
#include <livery/ports/overview.h>

namespace livery::subscriptions {

// List and detail of the account's own subscriptions.
class SubscriptionPages {
 public:
    explicit SubscriptionPages(db::Database& database) : database_(database) {}
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;

 private:
    db::Database& database_;
};

// What subscriptions put on the home page.
class SubscriptionOverview final : public OverviewSource {
 public:
    explicit SubscriptionOverview(db::Database& database) : database_(database) {}
    void Contribute(const RequestContext& request, Overview& overview) override;

 private:
    db::Database& database_;
};

}  // namespace livery::subscriptions
