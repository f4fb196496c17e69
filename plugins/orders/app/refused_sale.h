#pragma once

#include <functional>
#include <string_view>

#include <livery/ids.h>
#include <livery/ports/billing.h>
#include <livery/ports/operator_log.h>
#include <livery/result.h>

namespace livery::orders {

// Whose sale of what is tried.
struct TriedSale {
    const TenantId& tenant;
    std::string_view plan;  // "" = none is known
};

// Does the work. Where the tenant's catalog contradicts what was sold: kUnavailable,
// `error.catalog_refused`. Which keys of the catalog are wrong is not for who buys: the host's log,
// `livery validate` and the billing run say it.
template <class T>
Result<T> UnlessCatalogRefused(OperatorLog& log, const TriedSale& sale,
                               const std::function<Result<T>()>& work) {
    try {
        return work();
    } catch (const CatalogRewritesPast& refused) {
        log.Warn(
            "sale.refused",
            {{"tenant", sale.tenant.value()}, {"plan", sale.plan}, {"reason", refused.what()}});
        return Error{ErrorCode::kUnavailable, "error.catalog_refused", {}};
    }
}

}  // namespace livery::orders
