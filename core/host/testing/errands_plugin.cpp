#include <livery/plugin.h>

namespace {

using livery::CommandContext;

int Errand(const CommandContext& context) {
    context.progress("On the way");
    context.print(context.tenant.name + " gets " + context.Get("what") +
                  (context.Has("fast") ? " at once" : " in time"));
    return context.Get("what") == "nothing" ? 1 : 0;
}

// Adds what pages do not show: a command, and an invariant that never holds.
class ErrandsPlugin final : public livery::Plugin {
 public:
    void Register(livery::Registrar& registrar) override {
        registrar.Add(
            livery::Command{"errand",
                            "Fetch something",
                            "livery errand --tenant harbor --what bread",
                            {{"what", "What to fetch", false, true}, {"fast", "Run", true, false}},
                            Errand});
        registrar.Add(livery::Invariant{
            "E1", "Nothing is left to fetch",
            [](livery::db::Transaction&, const std::function<void(livery::Violation)>& report) {
                for (int i = 1; i <= 25; ++i)
                    report({"err_" + std::to_string(i), "still to be fetched"});
            }});
    }
};

}  // namespace

LIVERY_PLUGIN(ErrandsPlugin)
