// Files that must not be used, each by another macro: what a loader has to find out by itself.
#include <cstdint>
#include <cstdlib>

#include <fcntl.h>
#include <sys/socket.h>

#include <livery/gateway/abi.h>

extern "C" const char livery_gateway_manifest[]
    __attribute__((section(".livery.manifest"), used, visibility("hidden"))) = R"({
  "tier":"portable","abi":{"major":1,"minor":0},"id":"lying","version":"1.0.0","name":"Lying",
  "concurrency":"single","can":[],"methods":["card"],"currencies":["EUR"],
  "config":{"type":"object","additionalProperties":false,"required":[],"properties":{}}})";

#if defined(DIES_WHEN_OPENED)
namespace {
struct Dying {
    Dying() { std::abort(); }
} dying;
}  // namespace
#endif

namespace {
// What its constructors found out: 7 is not what the manifest says.
std::uint16_t minor_version = 7;

#if defined(CONNECTS_WHEN_OPENED)
struct Connecting {
    Connecting() { ::socket(AF_INET, SOCK_STREAM, 0); }
} connecting;
#elif defined(READS_WHEN_OPENED)
struct Reading {
    Reading() { minor_version = ::open("/etc/passwd", O_RDONLY) < 0 ? 0 : 7; }
} reading;
#endif
}  // namespace

extern "C" __attribute__((visibility("default"))) const livery_gateway* livery_gateway_entry_v1(
    std::uint16_t, std::uint16_t) {
    static const livery_gateway gateway{
        sizeof(livery_gateway),
        1,
        minor_version,
        [](const livery_host*, livery_slice, void**, livery_out*) -> std::int32_t { return -1; },
        [](void*, const livery_call*, livery_out*) -> std::int32_t { return -1; },
        [](void*) -> std::int32_t { return 0; },
        [](void*) {},
        [](livery_slice) -> const void* { return nullptr; }};
#if defined(SERVES_NOBODY)
    return nullptr;
#else
    return &gateway;
#endif
}
