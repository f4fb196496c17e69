#include <memory>

#include <livery/plugin.h>

#include "app/tenant_catalogs.h"
#include "settings/catalog_file.h"
#include "settings/catalog_reader.h"

namespace livery::catalog {

class CatalogPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.ConfigureFile<billing::Catalog>("catalog.yaml", CatalogFile::Schema().doc(), ReadCatalog);
        r.Provide<CatalogSource>(std::make_shared<TenantCatalogs>(r.Need<Tenants>()));
    }
};

}  // namespace livery::catalog

LIVERY_PLUGIN(livery::catalog::CatalogPlugin)
