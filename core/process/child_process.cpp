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

// Runs in the child between fork and exec: only async-signal-safe calls from here on.
void Become(const std::optional<Account>& identity, const Command& command, int log, pid_t parent) {
    const int stdio = command.stdio;
    const int passed = command.passed;
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(127);  // the parent died before prctl
    ::setpgid(0, 0);                          // a Ctrl-C is for us to pass on in order
    if (command.nicer > 0) {
        ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + command.nicer);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (identity) {
        if (::setgroups(0, nullptr) != 0 || ::setgid(identity->gid) != 0 ||
            ::setuid(identity->uid) != 0) {
            ::_exit(126);
        }
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // setuid clears it
    }
    if (log >= 0) {
        ::dup2(log, STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
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
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) {
        Become(identity, command, log, parent);
        char* const nothing[] = {nullptr};
        ::execve(argv[0], argv.data(), command.bare ? nothing : environ);
        ::_exit(127);
    }
    const int error = errno;
    if (log >= 0) ::close(log);
    if (pid < 0) Throw(error, "fork");
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
