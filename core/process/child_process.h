#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace livery::process {

struct Command {
    std::vector<std::string> argv;  // argv[0] is an absolute path
    std::string log_path;           // receives stdout and stderr, appended; empty: ours
    std::string user;               // run as this user when we are root; empty: as ourselves
    int stdio = -1;                 // becomes its stdin and stdout; remains the caller's to close
    bool bare = false;              // without our environment
    int passed = -1;                // becomes its descriptor 3; remains the caller's to close
    int nicer = 0;                  // than we are, so that it waits where we want the processor
};

// A program that we started. It gets SIGTERM from the kernel when the *thread* that called Start
// ends (PR_SET_PDEATHSIG), so start children from a thread that lives as long as they should.
// Thread: one at a time.
class ChildProcess {
 public:
    // Throws std::system_error when it cannot be started (no such program, no such user).
    static ChildProcess Start(const Command& command);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();  // SIGKILL when it still runs

    pid_t pid() const { return pid_; }
    bool Running() { return !WaitFor(std::chrono::milliseconds(0)); }
    // Its wait status (as waitpid gives it) once it has ended; nullopt when `timeout` passes first.
    std::optional<int> WaitFor(std::chrono::milliseconds timeout);
    void Signal(int signal);
    // How long it has computed; zero when that is not known any more.
    std::chrono::nanoseconds ProcessorTime() const;
    // From now on it gets what nobody else wants of the processor. There is no way back.
    void Weaken();
    // `signal`, then SIGKILL after `grace`. Returns the wait status.
    int Stop(int signal, std::chrono::milliseconds grace);

 private:
    explicit ChildProcess(pid_t pid) : pid_(pid) {}
    pid_t pid_;
    std::optional<int> status_;
};

// "ended with code 1", "was killed by signal 9": for messages.
std::string DescribeStatus(int wait_status);

}  // namespace livery::process
