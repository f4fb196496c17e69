#pragma once

#include <livery/ports/billing.h>
#include <livery/registrar.h>

namespace livery::catalog {

// What the tenant sells, for its own programs: `GET /api/v1/catalog`.
void AddCatalogApi(Registrar& registrar, CatalogSource& catalogs);

}  // namespace livery::catalog
