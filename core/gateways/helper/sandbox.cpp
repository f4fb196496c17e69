#include "gateways/helper/sandbox.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace livery::gateways {

namespace {

// What the C and C++ libraries call for memory, locks, time, random bytes, exceptions and an end.
constexpr int kAllowed[] = {
    SCMP_SYS(brk),          SCMP_SYS(clock_gettime),   SCMP_SYS(clock_getres),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),      SCMP_SYS(futex),
    SCMP_SYS(getpid),       SCMP_SYS(getrandom),       SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday), SCMP_SYS(madvise),         SCMP_SYS(mremap),
    SCMP_SYS(munmap),       SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sched_yield),
};
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// How sanitizers look whether memory is there, and tell what they found.
constexpr int kOfSanitizers[] = {SCMP_SYS(pipe2),
                                 SCMP_SYS(close),
                                 SCMP_SYS(write),
                                 SCMP_SYS(sigaltstack),
                                 SCMP_SYS(readlink),
                                 SCMP_SYS(rt_sigaction),
                                 SCMP_SYS(sched_getaffinity)};
#else
constexpr std::array<int, 0> kOfSanitizers;
#endif
// Of descriptor 0 only.
constexpr int kOfTheSocket[] = {SCMP_SYS(read), SCMP_SYS(recvfrom), SCMP_SYS(sendto),
                                SCMP_SYS(write)};

int AllowAll(scmp_filter_ctx filter) {
    for (const int call : kAllowed) {
        if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0)) return failed;
    }
    for (const int call : kOfSanitizers) {
        if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0)) return failed;
    }
    for (const int call : kOfTheSocket) {
        if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                                SCMP_A0_32(SCMP_CMP_EQ, STDIN_FILENO)))
            return failed;
    }
    // How abort() ends this process; nobody else is to be ended.
    if (const int failed =
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                             SCMP_A0(SCMP_CMP_EQ, static_cast<std::uint64_t>(::getpid()))))
        return failed;
    // Waiting for one descriptor: there is no other.
    if (const int failed =
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(poll), 1, SCMP_A1(SCMP_CMP_EQ, 1)))
        return failed;
    // Memory that can never be run.
    constexpr std::uint64_t kExec = 0x4;  // PROT_EXEC
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        if (const int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                                SCMP_A2(SCMP_CMP_MASKED_EQ, kExec, 0)))
            return failed;
    }
    return 0;
}

bool Limit(__rlimit_resource what, rlim_t most) {
    const rlimit limit{most, most};
    return ::setrlimit(what, &limit) == 0;
}

}  // namespace

std::string Confine(std::uint64_t most_bytes) {
    ::close_range(1, ~0U, 0);
    bool limited = Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_FSIZE, 0);
    if (!kSanitized) limited = limited && Limit(RLIMIT_NOFILE, 1) && Limit(RLIMIT_AS, most_bytes);
    if (!limited) return fmt::format("limits cannot be set: {}", std::strerror(errno));
    if (::prctl(PR_SET_DUMPABLE, 0) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fmt::format("prctl: {}", std::strerror(errno));
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(
        seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release);
    if (!filter) return "there is no memory for the filter of system calls";
    if (const int failed = AllowAll(filter.get()))
        return fmt::format("the filter of system calls: {}", std::strerror(-failed));
    if (const int failed = seccomp_load(filter.get()))
        return fmt::format(
            "the kernel takes no filter of system calls here: {}; without one a gateway may only "
            "be run with `isolation: none`",
            std::strerror(-failed));
    return "";
}

}  // namespace livery::gateways
