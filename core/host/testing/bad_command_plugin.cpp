#include <livery/plugin.h>

namespace {
// Wants the name of a command that the program has itself.
class BadCommandPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar& registrar) override {
        registrar.Add(
            livery::Command{"serve", "", "", {}, [](const livery::CommandContext&) { return 0; }});
    }
};
}  // namespace

LIVERY_PLUGIN(BadCommandPlugin)
