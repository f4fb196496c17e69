#include <memory>

#include <livery/plugin.h>

#include "app/tax_rule_engine.h"
#include "settings/tax_file.h"

namespace livery::taxes {

class TaxesPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.ConfigureFile<TaxRules>(
            "taxes.yaml", TaxesFile::Schema().doc(),
            [](const config::Node& node, const config::Reader& reader, std::optional<Currency>) {
                return ReadTaxRules(node, reader);
            });
        r.Provide<TaxEngine>(
            std::make_shared<TaxRuleEngine>(r.Need<Tenants>(), r.Need<CatalogSource>()));
    }
};

}  // namespace livery::taxes

LIVERY_PLUGIN(livery::taxes::TaxesPlugin)
