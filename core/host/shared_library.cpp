#include "host/shared_library.h"

#include <cstddef>
#include <deque>
#include <mutex>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>
#include <fmt/format.h>

#include <livery/plugin.h>

namespace livery::host {

namespace {

Error Refused(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

// The exported function of that name, of a library that is opened for good.
template <class Entry>
Result<Entry*> EntryOf(const std::filesystem::path& file, const char* name) {
    using boost::dll::load_mode::rtld_local;
    using boost::dll::load_mode::rtld_now;
    try {
        // Never destroyed, so never unloaded: what a plugin registered points into it.
        static auto* const opened = new std::deque<boost::dll::shared_library>();
        static std::mutex
            mutex;  // guards `opened`: gateways are opened by the calls that need them
        const std::lock_guard lock(mutex);
        boost::dll::shared_library& library = opened->emplace_back(file, rtld_now | rtld_local);
        if (!library.has(name))
            return Refused(fmt::format("{} does not export {}", file.string(), name));
        return &library.get<Entry>(name);
    } catch (const std::exception& error) {
        return Refused(fmt::format("{} cannot be loaded: {}", file.string(), error.what()));
    } catch (...) {
        return Refused(fmt::format("{} threw something unknown while loading", file.string()));
    }
}

template <class T, class Call>
Result<T> CalledSafely(const std::filesystem::path& file, const Call& call) {
    try {
        T given = call();
        if (given == nullptr)
            return Refused(fmt::format("{} does not serve this host", file.string()));
        return given;
    } catch (const std::exception& error) {
        return Refused(fmt::format("{} cannot be loaded: {}", file.string(), error.what()));
    } catch (...) {
        return Refused(fmt::format("{} threw something unknown while loading", file.string()));
    }
}

}  // namespace

Result<Plugin*> OpenPlugin(const std::filesystem::path& file) {
    const auto entry = LIVERY_TRY(EntryOf<Plugin*()>(file, "livery_plugin_entry"));
    return CalledSafely<Plugin*>(file, [&] { return entry(); });
}

Result<const livery_gateway*> OpenGateway(const std::filesystem::path& file,
                                          ContractVersion version) {
    const auto entry = LIVERY_TRY(
        EntryOf<const livery_gateway*(std::uint16_t, std::uint16_t)>(file, LIVERY_GATEWAY_ENTRY));
    const auto* gateway = LIVERY_TRY(CalledSafely<const livery_gateway*>(
        file, [&] { return entry(version.major, version.minor); }));
    // Structs only grow: one that is smaller than 1.0 has it is of no version of this contract.
    constexpr std::size_t kOfFirstVersion =
        offsetof(livery_gateway, extension) + sizeof(gateway->extension);
    const bool whole = gateway->size >= kOfFirstVersion && gateway->create != nullptr &&
                       gateway->invoke != nullptr && gateway->drain != nullptr &&
                       gateway->destroy != nullptr;
    if (!whole) return Refused(fmt::format("{} gives an entry that is not whole", file.string()));
    return gateway;
}

}  // namespace livery::host
