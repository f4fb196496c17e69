#pragma once

#include <filesystem>

#include <livery/gateway/abi.h>
#include <livery/result.h>

namespace livery {
class Plugin;
}

namespace livery::host {

// The only door to Boost.DLL: opens the library for good and calls its entry. Errors carry the
// dynamic linker's words (a missing symbol, a missing library). Thread: any.
Result<Plugin*> OpenPlugin(const std::filesystem::path& file);

// The same for a gateway of the portable tier: what its entry gives a host of this version. Errors
// also: it exports no entry, or does not serve this version.
Result<const livery_gateway*> OpenGateway(const std::filesystem::path& file);

}  // namespace livery::host
