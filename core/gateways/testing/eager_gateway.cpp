// A gateway that does not wait to be called: what its constructor gets done while the file is
// opened, it aborts about.
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <livery/gateway/gateway.hpp>

namespace {

namespace gw = livery::gw;

// As a host of today's kernel has them, and its headers may not.
constexpr long kFchmodat2 = 452;

bool Does(long result) { return result >= 0 || errno != EPERM; }

// None of these ends a process: they would all be found out.
bool ReachesOut() {
    rlimit limit{};
    return Does(::syscall(SYS_tgkill, ::getppid(), ::getppid(), 0)) ||
           Does(::syscall(SYS_prlimit64, ::getppid(), RLIMIT_NOFILE, nullptr, &limit)) ||
           Does(::setpriority(PRIO_PROCESS, static_cast<id_t>(::getppid()), 1)) ||
           Does(::syscall(SYS_sched_setaffinity, ::getppid(), 0, nullptr)) ||
           Does(::syscall(kFchmodat2, -1, "/tmp", 0755, 0)) || Does(::rmdir("/nowhere")) ||
           Does(::syscall(SYS_mknod, "/tmp/livery-eager", S_IFIFO | 0600, 0)) ||
           Does(::syscall(SYS_utimensat, -1, "/tmp", nullptr, 0)) ||
           Does(::syscall(SYS_setxattr, "/tmp", "user.a", "b", 1, 0));
}

bool HasMoreThan(std::size_t mebibytes) {
    void* taken = std::malloc(mebibytes << 20);
    std::free(taken);
    return taken != nullptr;
}

class Eager final : public gw::Gateway {
 public:
    Eager(const gw::Config&, const gw::Host&) {}
    static gw::Descriptor Describe() {
        return gw::Descriptor("com.example.eager", "1.0.0", "Eager")
            .Methods({"card"})
            .Currencies({"EUR"})
            .CanDo({gw::Can::kChargeLater});
    }
    gw::PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        return gw::PaymentResult::Captured("eager", order.amount);
    }
    gw::PaymentResult LookupPayment(const gw::PaymentQuery&) override {
        return gw::PaymentResult::NotFound();
    }
};

// Not in the program that prints its manifest, which nobody encloses.
bool IsEnclosed() {
    return std::string_view(program_invocation_short_name).find("describe") ==
           std::string_view::npos;
}

__attribute__((constructor)) void BeforeAll() {
    if (IsEnclosed() && (ReachesOut() || HasMoreThan(1'024))) std::abort();
}

}  // namespace

LIVERY_GATEWAY(Eager)
