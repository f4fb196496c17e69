#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <livery/result.h>

#include "gateways/gateway_instance.h"
#include "gateways/helper_frame.h"
#include "process/channel.h"
#include "process/child_process.h"
#include "process/resident_memory.h"
#include "process/spin_wait.h"

namespace livery::gateways {

// One gateway in a process of its own, livery-plugin-host, with nothing but a socket to us. It does
// one call at a time; what breaks in it breaks that call. Thread: one at a time.
class HelperProcess {
 public:
    using Clock = process::Channel::Clock;
    // No message is nearly as long; what is longer is not even read.
    static constexpr std::size_t kMostBytes = std::size_t{8} << 20;
    struct Options {
        std::string program;  // path of livery-plugin-host
        std::string file;     // the gateway
        int megabytes = 256;
        // Of `file`, opened for reading: what is loaded is this, whatever stands at the path by
        // now. -1: it is opened by its path.
        int descriptor = -1;
        std::chrono::milliseconds start_limit{5'000};
        // The version of the contract that the host says it has: another one is for tests of files.
        int abi_major = LIVERY_GATEWAY_ABI_MAJOR;
        int abi_minor = LIVERY_GATEWAY_ABI_MINOR;
    };
    enum class End {
        kAnswered,
        kDied,     // or broke the frames: it is gone
        kTooLate,  // was killed at the deadline
    };
    struct Outcome {
        End end = End::kDied;
        GatewayInstance::Answer answer;  // of kAnswered
    };

    // Error (kUnavailable): cannot be started, or says why it will not.
    static Result<std::unique_ptr<HelperProcess>> Start(const Options& options);
    // The two halves of that: the process, which the kernel ends with this thread; and, on any
    // thread and before anything else is asked of it, that it has opened its file. Empty: it has.
    static Result<std::unique_ptr<HelperProcess>> Launch(const Options& options);
    std::string AwaitReady(const Options& options, Clock::time_point deadline);

    // Looks whether it still is there: it may have died between two calls.
    bool running();
    // Ends it without waiting for it: who is weak takes long to die where others work.
    void Abandon();
    bool gone() { return !child_.Running(); }
    // For how long so far, as a process; zero when that is not known any more.
    std::chrono::nanoseconds computed() const { return child_.ProcessorTime(); }
    // It computed for so long in one call that it is the weakest of all processes now.
    bool weakened() const { return weakened_; }
    // It holds so much of what it may have that calls to come would find too little: a leak, most
    // likely.
    bool heavy() const;
    // Of the contract, as the gateway's entry says.
    int abi_major() const { return abi_major_; }
    int abi_minor() const { return abi_minor_; }
    pid_t pid() const { return child_.pid(); }
    // `instance` is any name; an instance lives until the process does.
    Outcome Create(const std::string& instance, std::string_view config, Clock::time_point deadline,
                   ServiceDesk& desk);
    Outcome Invoke(const std::string& instance, const GatewayInstance::Call& call,
                   Clock::time_point deadline, ServiceDesk& desk);

 private:
    HelperProcess(process::ChildProcess child, process::Channel channel, int megabytes)
        : child_(std::move(child)), channel_(std::move(channel)), megabytes_(megabytes) {}
    Outcome Ask(const HelperFrame& frame, Clock::time_point deadline, ServiceDesk& desk);
    void AwaitReply(Clock::time_point deadline, std::chrono::nanoseconds computed_before);
    Outcome Kill(End end);

    process::ChildProcess child_;
    process::Channel channel_;
    process::SpinWait spin_;
    process::ResidentMemory memory_{child_.pid()};
    int megabytes_;
    bool running_ = true;
    bool weakened_ = false;
    int abi_major_ = 0;
    int abi_minor_ = 0;
};

}  // namespace livery::gateways
