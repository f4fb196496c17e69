#include <memory>

#include <livery/plugin.h>

#include "api/catalog_api.h"
#include "app/tenant_catalogs.h"
#include "app/use_log.h"
#include "settings/catalog_file.h"
#include "settings/catalog_reader.h"

namespace livery::catalog {

class CatalogPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.ConfigureFile<billing::Catalog>("catalog.yaml", CatalogFile::Schema().doc(), ReadCatalog,
                                          CheckAgainstUse);
        catalogs_ = std::make_shared<TenantCatalogs>(r.Need<Tenants>());
        r.Provide<CatalogSource>(catalogs_);
        AddCatalogApi(r, *catalogs_);
    }

 private:
    std::shared_ptr<TenantCatalogs> catalogs_;
};

}  // namespace livery::catalog

LIVERY_PLUGIN(livery::catalog::CatalogPlugin)
