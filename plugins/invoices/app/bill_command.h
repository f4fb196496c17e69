#pragma once

#include <livery/cli/command.h>

#include "app/billing_of_tenant.h"

namespace livery::invoices {

// `livery bill --tenant T [--as-of D] [--dry-run]`
Command BillCommand(BillingOfTenant& billing, TenantTime& time);

}  // namespace livery::invoices
