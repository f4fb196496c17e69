#include <stdexcept>

#include <livery/plugin.h>

namespace {
class ThrowingPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar& registrar) override {
        registrar.Add(livery::NavItem{"half", "/half", "check", 10});
        throw std::runtime_error("out of ink");
    }
};
}  // namespace

LIVERY_PLUGIN(ThrowingPlugin)
