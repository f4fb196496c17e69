#pragma once

#include <livery/ports/billing.h>
#include <livery/registrar.h>

#include "storage/use_store.h"

namespace livery::catalog {

// Remembers what is sold and charged for by `catalog`, in the transaction that does it. Throws
// CatalogRewritesPast, naming every key, when the catalog cannot stand beside what was sold of
// those plans before.
void NoteUse(UseStore& store, db::Transaction& tx, const billing::Catalog& catalog,
             const std::vector<billing::Sold>& sold, Date today);

// Reports where a catalog.yaml cannot stand beside what the tenant has sold.
void CheckAgainstUse(const billing::Catalog& catalog, const SettingsFacts& facts);

}  // namespace livery::catalog
