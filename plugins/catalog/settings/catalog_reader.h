#pragma once

#include <optional>

#include <livery/billing/catalog.h>
#include <livery/config/node.h>
#include <livery/config/reader.h>

namespace livery::catalog {

// Reads a catalog and checks it whole. Every problem is reported where it stands: names that lead
// nowhere, amounts finer than their currency's minor unit (CU-05), currencies in which a plan has
// only some of its prices, phases after one that never ends, add-ons nobody can buy. The value is
// usable only when nothing was reported. `currency` is that of prices which name none; the file's
// own `currency` comes first.
billing::Catalog ReadCatalog(const config::Node& node, const config::Reader& reader,
                             std::optional<Currency> currency);

}  // namespace livery::catalog
