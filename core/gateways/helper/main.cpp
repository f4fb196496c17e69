#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "gateways/gateway_instance.h"
#include "gateways/helper/enclosure.h"
#include "gateways/helper/sandbox.h"
#include "gateways/helper_frame.h"
#include "host/shared_library.h"
#include "process/channel.h"

// livery-plugin-host FILE MEGABYTES MAJOR MINOR descriptor|path: opens one gateway (FILE, or what
// descriptor 3 is of it) as a host of that version of the contract does, gives everything else up,
// and answers the calls that come over its standard input, a socket, one after the other, until
// that is closed. Started by HelperProcess.
namespace livery::gateways {

namespace {

using Kind = HelperFrame::Kind;
using process::Channel;

// Asks the host over the socket, in the middle of a call.
class RemoteDesk final : public ServiceDesk {
 public:
    explicit RemoteDesk(Channel& channel) : channel_(channel) {}

    std::int32_t Serve(std::string_view service, std::string_view request,
                       std::string& answer) override {
        Send({Kind::kService, {std::string(service), std::string(request)}});
        const HelperFrame served = Receive();
        if (served.kind != Kind::kServed) End();
        answer = served.Text(1);
        return static_cast<std::int32_t>(served.Number(0));
    }
    void Log(int level, std::string_view line) override {
        Send({Kind::kLog, {std::to_string(level), std::string(line)}});
    }

    void Send(const HelperFrame& frame) {
        if (channel_.Send(frame.Encode(), Channel::kForever) != Channel::Outcome::kDone) End();
    }
    HelperFrame Receive() {
        std::string bytes;
        if (channel_.Receive(bytes, Channel::kForever) != Channel::Outcome::kDone) End();
        auto frame = HelperFrame::Decode(bytes);
        if (!frame) End();
        return *std::move(frame);
    }

 private:
    // The host is gone, or not ours.
    [[noreturn]] static void End() { ::_exit(0); }
    Channel& channel_;
};

class Helper {
 public:
    Helper(const livery_gateway& gateway, RemoteDesk& desk) : gateway_(gateway), desk_(desk) {}

    [[noreturn]] void Serve() {
        while (true) desk_.Send(Answer(desk_.Receive()));
    }

 private:
    HelperFrame Answer(const HelperFrame& frame) {
        switch (frame.kind) {
            case Kind::kCreate:
                return Create(frame);
            case Kind::kInvoke:
                return Invoke(frame);
            case Kind::kDestroy:
                instances_.erase(frame.Text(0));
                return {Kind::kResult, {"0", ""}};
            default:
                ::_exit(0);
        }
    }

    HelperFrame Create(const HelperFrame& frame) {
        auto made = GatewayInstance::Create(gateway_, frame.Text(1), desk_);
        if (!made)
            return {Kind::kResult, {std::to_string(LIVERY_BAD_MESSAGE), made.error().message}};
        instances_[frame.Text(0)] = *std::move(made);
        return {Kind::kResult, {"0", ""}};
    }

    HelperFrame Invoke(const HelperFrame& frame) {
        const auto found = instances_.find(frame.Text(0));
        if (found == instances_.end())
            return {Kind::kResult, {std::to_string(LIVERY_REFUSED), "there is no such instance"}};
        using Time = std::chrono::system_clock::time_point;
        const GatewayInstance::Call call{frame.Text(1), frame.Text(4),
                                         static_cast<std::uint64_t>(frame.Number(2)),
                                         Time(std::chrono::duration_cast<Time::duration>(
                                             std::chrono::nanoseconds(frame.Number(3))))};
        const GatewayInstance::Answer answer = found->second->Invoke(call, desk_);
        return {Kind::kResult, {std::to_string(answer.code), answer.text}};
    }

    const livery_gateway& gateway_;
    RemoteDesk& desk_;
    std::map<std::string, std::unique_ptr<GatewayInstance>> instances_;
};

[[noreturn]] void Refuse(RemoteDesk& desk, const std::string& why) {
    desk.Send({Kind::kReady, {why}});
    ::_exit(1);
}

struct Wanted {
    std::string file;
    bool passed = false;  // as descriptor 3
    std::uint64_t most_bytes = 0;
    host::ContractVersion version;
};

[[noreturn]] void Run(const Wanted& wanted) {
    Channel channel(STDIN_FILENO);
    RemoteDesk desk(channel);
    const std::string file = wanted.passed ? "/proc/self/fd/3" : wanted.file;
    const Enclosed enclosed = Enclose(file, wanted.passed, wanted.most_bytes);
    if (!enclosed.failed.empty()) Refuse(desk, enclosed.failed);
    const auto gateway = host::OpenGateway(file, wanted.version);
    if (!gateway) Refuse(desk, gateway.error().message);
    const std::string unconfined = Confine(wanted.most_bytes);
    if (!unconfined.empty()) Refuse(desk, unconfined);
    desk.Send({Kind::kReady,
               {"", std::to_string((*gateway)->abi_major), std::to_string((*gateway)->abi_minor),
                enclosed.weaker}});
    Helper(**gateway, desk).Serve();
}

}  // namespace

}  // namespace livery::gateways

#if defined(__SANITIZE_ADDRESS__)
// What is freed is soon used again, and who asked for memory is not written down at length
// (gateways without frame pointers would make every stack another one): so that the memory of a
// gateway can be seen to grow. NOLINTNEXTLINE: the sanitizer's name
extern "C" __attribute__((visibility("default"))) const char* __asan_default_options() {
    return "quarantine_size_mb=1:malloc_context_size=1";
}
#endif

int main(int argc, char** argv) {
    if (argc != 6) return 64;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto megabytes = std::strtoull(argv[2], nullptr, 10);
    livery::gateways::Run({argv[1],
                           std::string_view(argv[5]) == "descriptor",
                           megabytes << 20,
                           {static_cast<std::uint16_t>(std::atoi(argv[3])),
                            static_cast<std::uint16_t>(std::atoi(argv[4]))}});
}
