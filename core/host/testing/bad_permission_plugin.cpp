#include <livery/plugin.h>

namespace {
// Keeps a page for those who have what nobody can have.
class BadPermissionPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar& registrar) override {
        livery::Route route;
        route.pattern = "/console/vault";
        route.permission = "vault.open";
        registrar.Add(std::move(route));
    }
};
}  // namespace

LIVERY_PLUGIN(BadPermissionPlugin)
