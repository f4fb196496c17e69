#include <livery/plugin.h>

// Defined nowhere: with lazy binding the process would die at the first call.
void FromNowhere();

namespace {
class UnresolvedPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar&) override { FromNowhere(); }
};
}  // namespace

LIVERY_PLUGIN(UnresolvedPlugin)
