#include "process/child_process.h"

#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "process/account.h"

namespace livery::process {

namespace {

constexpr int kPassed = 3;
constexpr int kWeakest = 19;

[[noreturn]] void Throw(int error, const std::string& what) {
    throw std::system_error(error, std::generic_category(), what);
}

std::optional<Account> Lookup(const std::string& user) {
    if (user.empty() || ::geteuid() != 0) return std::nullopt;
    const auto account = FindAccount(user);
    if (!account) Throw(ENOENT, "no such user: " + user);
    return account;
}

// What the child needs, laid out before it is there.
struct Launch {
    const Command& command;
    const std::optional<Account>& identity;
    char* const* argv;
    char* const* environment;
    int log;
    pid_t parent;
};

// A handler of ours would run on our memory: what is not ignored ends the child from now on.
void ForgetHandlers() {
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction now {};
        if (::sigaction(signal, nullptr, &now) != 0 || now.sa_handler == SIG_IGN) continue;
        if (now.sa_handler == SIG_DFL) continue;
        now = {};
        now.sa_handler = SIG_DFL;
        ::sigaction(signal, &now, nullptr);
    }
}

// The system calls themselves: the library's functions would change every thread of ours.
bool TakeIdentity(const Account& account) {
    return ::syscall(SYS_setgroups, 0, nullptr) == 0 && ::syscall(SYS_setgid, account.gid) == 0 &&
           ::syscall(SYS_setuid, account.uid) == 0;
}

void TakeDescriptors(const Launch& launch) {
    const int stdio = launch.command.stdio;
    const int passed = launch.command.passed;
    if (launch.log >= 0) {
        ::dup2(launch.log, STDOUT_FILENO);
        ::dup2(launch.log, STDERR_FILENO);
    }
    if (stdio >= 0) {
        ::dup2(stdio, STDIN_FILENO);
        ::dup2(stdio, STDOUT_FILENO);
    }
    if (passed == kPassed) {
        ::fcntl(passed, F_SETFD, 0);
    } else if (passed >= 0) {
        ::dup2(passed, kPassed);
    }
}

// Runs in the child until it is a program of its own, on our memory and our stack: it calls what is
// async-signal-safe and writes to nothing but its own frames.
[[noreturn]] void Become(const Launch& launch) {
    ForgetHandlers();
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != launch.parent) ::_exit(127);  // the parent died before prctl
    ::setpgid(0, 0);                                 // a Ctrl-C is for us to pass on in order
    if (launch.command.nicer > 0) {
        ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + launch.command.nicer);
    }
    if (launch.identity) {
        if (!TakeIdentity(*launch.identity)) ::_exit(126);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // setuid clears it
    }
    TakeDescriptors(launch);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(launch.argv[0], launch.argv, launch.environment);
    ::_exit(127);
}

// Not fork: that copies the page tables of all that we have in memory, which takes a host of some
// hundred MiB milliseconds for every helper, and every page that it writes afterwards a fault.
pid_t Spawn(const Launch& launch) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::vfork();
    if (pid == 0) Become(launch);
    const int error = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return pid;
}

}  // namespace

ChildProcess ChildProcess::Start(const Command& command) {
    const auto identity = Lookup(command.user);
    if (::access(command.argv.front().c_str(), X_OK) != 0) Throw(errno, command.argv.front());
    std::vector<char*> argv;
    for (const std::string& word : command.argv) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    int log = -1;
    if (!command.log_path.empty()) {
        log = ::open(command.log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
        if (log < 0) Throw(errno, command.log_path);
    }
    char* const nothing[] = {nullptr};
    const pid_t pid =
        Spawn({command, identity, argv.data(), command.bare ? nothing : environ, log, ::getpid()});
    const int error = errno;
    if (log >= 0) ::close(log);
    if (pid < 0) Throw(error, "vfork");
    return ChildProcess(pid);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), status_(other.status_) {}

ChildProcess::~ChildProcess() {
    if (pid_ > 0 && !status_) Stop(SIGKILL, std::chrono::seconds(5));
}

std::optional<int> ChildProcess::WaitFor(std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (!status_) {
        int status = 0;
        const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
        if (ended == pid_ || (ended < 0 && errno == ECHILD)) {
            status_ = status;
        } else if (std::chrono::steady_clock::now() >= deadline) {
            return std::nullopt;
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    return status_;
}

void ChildProcess::Signal(int signal) {
    if (pid_ > 0 && !status_) ::kill(pid_, signal);
}

std::chrono::nanoseconds ChildProcess::ProcessorTime() const {
    clockid_t clock = 0;
    timespec time{};
    if (pid_ <= 0 || status_ || ::clock_getcpuclockid(pid_, &clock) != 0 ||
        ::clock_gettime(clock, &time) != 0)
        return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void ChildProcess::Weaken() {
    if (pid_ > 0 && !status_) ::setpriority(PRIO_PROCESS, static_cast<id_t>(pid_), kWeakest);
}

int ChildProcess::Stop(int signal, std::chrono::milliseconds grace) {
    Signal(signal);
    if (const auto status = WaitFor(grace)) return *status;
    Signal(SIGKILL);
    return WaitFor(std::chrono::seconds(10)).value_or(0);
}

std::string DescribeStatus(int wait_status) {
    if (WIFSIGNALED(wait_status))
        return fmt::format("was killed by signal {}", WTERMSIG(wait_status));
    return fmt::format("ended with code {}", WEXITSTATUS(wait_status));
}

}  // namespace livery::process
