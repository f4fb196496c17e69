#include "gateways/helper_process.h"

#include <algorithm>
#include <csignal>
#include <system_error>

#include <fmt/format.h>

#include "log/log.h"

namespace livery::gateways {

using process::Channel;
using Kind = HelperFrame::Kind;

namespace {

// A tenth of our share, and no less: no call must wait long for its turn on a busy machine.
constexpr int kNicer = 10;
// Far more than any call needs; who has computed for longer loops.
constexpr std::chrono::milliseconds kLoops{250};
constexpr std::chrono::milliseconds kLookEvery{100};

Error Unavailable(std::string why) { return {ErrorCode::kUnavailable, std::move(why), {}}; }

std::optional<HelperFrame> Received(Channel& channel, Channel::Clock::time_point deadline,
                                    Channel::Outcome& outcome) {
    std::string bytes;
    outcome = channel.Receive(bytes, deadline, HelperProcess::kMostBytes);
    if (outcome != Channel::Outcome::kDone) return std::nullopt;
    return HelperFrame::Decode(bytes);
}

}  // namespace

Result<std::unique_ptr<HelperProcess>> HelperProcess::Start(const Options& options) {
    auto helper = LIVERY_TRY(Launch(options));
    const std::string wrong = helper->AwaitReady(options, Clock::now() + options.start_limit);
    if (!wrong.empty()) return Unavailable(wrong);
    return helper;
}

Result<std::unique_ptr<HelperProcess>> HelperProcess::Launch(const Options& options) {
    try {
        auto [ours, theirs] = Channel::Pair();
        process::Command command;
        command.argv = {options.program,
                        options.file,
                        std::to_string(options.megabytes),
                        std::to_string(options.abi_major),
                        std::to_string(options.abi_minor),
                        options.descriptor < 0 ? "path" : "descriptor"};
        command.stdio = theirs.descriptor();
        command.bare = true;
        command.passed = options.descriptor;
        command.nicer = kNicer;
        std::unique_ptr<HelperProcess> helper(new HelperProcess(
            process::ChildProcess::Start(command), std::move(ours), options.megabytes));
        {
            // Ours too would keep the socket open when it dies.
            const Channel closed = std::move(theirs);
        }
        return helper;
    } catch (const std::system_error& failure) {
        return Unavailable(fmt::format("{}: {}", options.program, failure.what()));
    }
}

std::string HelperProcess::AwaitReady(const Options& options, Clock::time_point deadline) {
    Channel::Outcome outcome{};
    const auto ready = Received(channel_, deadline, outcome);
    if (!ready || ready->kind != Kind::kReady)
        return fmt::format("{} does not start with {}", options.program, options.file);
    if (!ready->Text(0).empty()) return ready->Text(0);
    abi_major_ = static_cast<int>(ready->Number(1));
    abi_minor_ = static_cast<int>(ready->Number(2));
    if (const std::string& weaker = ready->Text(3); !weaker.empty())
        log::Write(log::Level::kWarn, "gateway.weaker_isolation",
                   {{"file", options.file}, {"what", weaker}});
    return "";
}

bool HelperProcess::heavy() const {
    return memory_.Bytes() > (static_cast<std::size_t>(megabytes_) << 20) / 4 * 3;
}

bool HelperProcess::running() {
    if (running_ && !child_.Running()) running_ = false;
    return running_;
}

HelperProcess::Outcome HelperProcess::Kill(End end) {
    Abandon();
    return {end, {}};
}

void HelperProcess::Abandon() {
    running_ = false;
    child_.Signal(SIGKILL);
}

void HelperProcess::AwaitReply(Clock::time_point deadline,
                               std::chrono::nanoseconds computed_before) {
    bool waits = true;
    while (waits && !weakened_ && Clock::now() < deadline) {
        const auto look = std::min(deadline, Clock::now() + kLookEvery);
        waits = !spin_.UntilReadable(channel_.descriptor()) &&
                channel_.WaitForMore(look) == Channel::Outcome::kTimedOut;
        if (computed() - computed_before < kLoops) continue;
        child_.Weaken();
        weakened_ = true;
    }
}

// The services that the gateway asks for on its way to an answer are done here, on this thread.
HelperProcess::Outcome HelperProcess::Ask(const HelperFrame& frame, Clock::time_point deadline,
                                          ServiceDesk& desk) {
    const auto computed_before = computed();
    Channel::Outcome outcome = channel_.Send(frame.Encode(), deadline);
    while (outcome == Channel::Outcome::kDone) {
        AwaitReply(deadline, computed_before);
        const auto reply = Received(channel_, deadline, outcome);
        if (outcome != Channel::Outcome::kDone) break;
        if (!reply) return Kill(End::kDied);
        switch (reply->kind) {
            case Kind::kResult:
                return {End::kAnswered,
                        {static_cast<std::int32_t>(reply->Number(0)), reply->Text(1)}};
            case Kind::kLog:
                desk.Log(static_cast<int>(reply->Number(0)), reply->Text(1));
                break;
            case Kind::kService: {
                std::string answer;
                const std::int32_t code = desk.Serve(reply->Text(0), reply->Text(1), answer);
                const HelperFrame served{Kind::kServed, {std::to_string(code), std::move(answer)}};
                outcome = channel_.Send(served.Encode(), deadline);
                break;
            }
            default:
                return Kill(End::kDied);
        }
    }
    return Kill(outcome == Channel::Outcome::kTimedOut ? End::kTooLate : End::kDied);
}

HelperProcess::Outcome HelperProcess::Create(const std::string& instance, std::string_view config,
                                             Clock::time_point deadline, ServiceDesk& desk) {
    return Ask({Kind::kCreate, {instance, std::string(config)}}, deadline, desk);
}

HelperProcess::Outcome HelperProcess::Invoke(const std::string& instance,
                                             const GatewayInstance::Call& call,
                                             Clock::time_point deadline, ServiceDesk& desk) {
    const auto nanoseconds =
        std::chrono::duration_cast<std::chrono::nanoseconds>(call.deadline.time_since_epoch());
    Outcome outcome = Ask({Kind::kInvoke,
                           {instance, std::string(call.operation), std::to_string(call.id),
                            std::to_string(nanoseconds.count()), std::string(call.body)}},
                          deadline, desk);
    GatewayInstance::Answer& answer = outcome.answer;
    if (outcome.end == End::kAnswered && answer.code == LIVERY_OK && answer.text.empty())
        answer.code = LIVERY_PLUGIN_FAULT;
    return outcome;
}

}  // namespace livery::gateways
