#pragma once

#include <livery/ports/help_links.h>

#include "app/disputes.h"

namespace livery::service_desk {

// The ways to the desk for the pages of other plugins.
class HelpFromPages final : public HelpLinks {
 public:
    HelpFromPages(db::Database& database, const Disputes& disputes)
        : database_(database), disputes_(disputes) {}
    std::string For(const Tenant& tenant, std::string_view kind, std::string_view id) override;
    std::string ForDispute(const Tenant& tenant, InvoiceLineId line) override;
    std::vector<Request> About(const RequestContext& request, std::string_view kind,
                               const Uuid& id) override;

 private:
    db::Database& database_;
    const Disputes& disputes_;
};

}  // namespace livery::service_desk
