// Files that are wrong before an operation is called, each by another macro.
#include <csignal>
#include <cstdint>

#include <livery/gateway/abi.h>

extern "C" const char livery_gateway_manifest[]
    __attribute__((section(".livery.manifest"), used, visibility("hidden"))) = R"({
  "tier":"portable","abi":{"major":1,"minor":0},"id":"wrong","version":"1.0.0","name":"Wrong",
  "concurrency":"single","can":[],"methods":["card"],"currencies":["EUR"],
  "config":{"type":"object","additionalProperties":false,"required":[],"properties":{}}})";

namespace {

#if defined(TAKES_A_SIGNAL)
struct Taking {
    Taking() {
        std::signal(SIGUSR1, [](int) {});
    }
} taking;
#endif

#if defined(EXPORTS_MORE)
extern "C" __attribute__((visibility("default"))) int livery_gateway_more() { return 1; }
#elif defined(EXPORTS_WEAKLY)
extern "C" __attribute__((visibility("default"), weak)) int livery_gateway_more() { return 1; }
#endif

bool Serves([[maybe_unused]] std::uint16_t major, [[maybe_unused]] std::uint16_t minor) {
#if defined(SERVES_EVERY_VERSION)
    return true;
#elif defined(SERVES_ITS_MINOR_ONLY)
    return major == LIVERY_GATEWAY_ABI_MAJOR && minor == LIVERY_GATEWAY_ABI_MINOR;
#else
    return major == LIVERY_GATEWAY_ABI_MAJOR;
#endif
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const livery_gateway* livery_gateway_entry_v1(
    std::uint16_t major, std::uint16_t minor) {
    static const livery_gateway gateway{
        sizeof(livery_gateway),
        1,
        0,
        [](const livery_host*, livery_slice, void**, livery_out*) -> std::int32_t { return -1; },
        [](void*, const livery_call*, livery_out*) -> std::int32_t { return -1; },
        [](void*) -> std::int32_t { return 0; },
        [](void*) {},
        [](livery_slice) -> const void* { return nullptr; }};
    return Serves(major, minor) ? &gateway : nullptr;
}
