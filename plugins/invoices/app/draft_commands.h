#pragma once

#include <vector>

#include <livery/cli/command.h>
#include <livery/ports/tenant_time.h>

#include "app/biller.h"

namespace livery::invoices {

// What staff do with drafts: `livery drafts`, `livery credit-draft`, `livery finalize-draft`. All
// that is referred to outlives the commands.
struct DraftCommandParts {
    db::Database& database;
    TenantTime& time;
    const BillingPorts& ports;
};
std::vector<Command> DraftCommands(const DraftCommandParts& parts);

}  // namespace livery::invoices
