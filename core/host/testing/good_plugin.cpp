#include <livery/plugin.h>

namespace {
class GoodPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar& registrar) override {
        registrar.Add(livery::NavItem{"good", "/good", "check", 10});
    }
};
}  // namespace

LIVERY_PLUGIN(GoodPlugin)
