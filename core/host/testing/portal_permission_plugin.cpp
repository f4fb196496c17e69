#include <livery/plugin.h>

namespace {
// Asks subscribers for a permission, which they never have.
class PortalPermissionPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar& registrar) override {
        registrar.Add(livery::Permission{"vault.open", "vault"});
        livery::Route route;
        route.pattern = "/vault";
        route.permission = "vault.open";
        registrar.Add(std::move(route));
    }
};
}  // namespace

LIVERY_PLUGIN(PortalPermissionPlugin)
