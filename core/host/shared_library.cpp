#include "host/shared_library.h"

#include <deque>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>
#include <fmt/format.h>

#include <livery/plugin.h>

namespace livery::host {

namespace {

constexpr const char* kEntry = "livery_plugin_entry";
using Entry = Plugin*();

Error Refused(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

}  // namespace

Result<Plugin*> OpenPlugin(const std::filesystem::path& file) {
    using boost::dll::load_mode::rtld_local;
    using boost::dll::load_mode::rtld_now;
    try {
        // Never destroyed, so never unloaded: what a plugin registered points into it.
        static auto* const opened = new std::deque<boost::dll::shared_library>();
        boost::dll::shared_library& library = opened->emplace_back(file, rtld_now | rtld_local);
        if (!library.has(kEntry)) {
            return Refused(fmt::format("{} does not export {}", file.string(), kEntry));
        }
        Plugin* plugin = library.get<Entry>(kEntry)();
        if (plugin == nullptr) return Refused(fmt::format("{} gave no plugin", file.string()));
        return plugin;
    } catch (const std::exception& error) {
        return Refused(fmt::format("{} cannot be loaded: {}", file.string(), error.what()));
    } catch (...) {
        return Refused(fmt::format("{} threw something unknown while loading", file.string()));
    }
}

}  // namespace livery::host
