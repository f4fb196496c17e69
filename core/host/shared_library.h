#pragma once

#include <filesystem>

#include <livery/result.h>

namespace livery {
class Plugin;
}

namespace livery::host {

// The only door to Boost.DLL: opens the library for good and calls its entry. Errors carry the
// dynamic linker's words (a missing symbol, a missing library).
Result<Plugin*> OpenPlugin(const std::filesystem::path& file);

}  // namespace livery::host
