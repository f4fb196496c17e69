#include <livery/plugin.h>

namespace {
class ThrowingIntPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar&) override { throw 42; }
};
}  // namespace

LIVERY_PLUGIN(ThrowingIntPlugin)
