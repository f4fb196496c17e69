#pragma once

#include <cstdint>
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

// Of the contract with gateways, as a host says it when it asks for their entry.
struct ContractVersion {
    std::uint16_t major = LIVERY_GATEWAY_ABI_MAJOR;
    std::uint16_t minor = LIVERY_GATEWAY_ABI_MINOR;
};
// The same for a gateway of the portable tier: what its entry gives a host of that version. Errors
// also: it exports no entry, or does not serve this version.
Result<const livery_gateway*> OpenGateway(const std::filesystem::path& file,
                                          ContractVersion version = {});

}  // namespace livery::host
