#include "hand_over.h"

#include <array>
#include <chrono>
#include <stdexcept>
#include <vector>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "provider_words.h"

namespace livery::bench {

namespace {

using Message = std::array<char, 400>;  // about what a payment's question has

bool Write(int channel, const Message& message) {
    return ::write(channel, message.data(), message.size()) == static_cast<ssize_t>(message.size());
}
bool Read(int channel, Message& message) {
    return ::recv(channel, message.data(), message.size(), MSG_WAITALL) ==
           static_cast<ssize_t>(message.size());
}

[[noreturn]] void GiveBackAll(int channel) {
    ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + 10);
    Message message{};
    while (Read(channel, message) && Write(channel, message)) continue;
    ::_exit(0);
}

}  // namespace

nlohmann::json BareHandOvers(int calls) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::runtime_error("no pair of sockets");
    const pid_t other = ::fork();
    ::close(ends[other == 0 ? 0 : 1]);
    if (other == 0) GiveBackAll(ends[1]);
    std::vector<std::chrono::steady_clock::duration> all;
    Message message{};
    for (int call = 0; call < calls; ++call) {
        const auto begun = std::chrono::steady_clock::now();
        for (int way = 0; way < 2; ++way)
            if (!Write(ends[0], message) || !Read(ends[0], message))
                throw std::runtime_error("the other process is gone");
        all.push_back(std::chrono::steady_clock::now() - begun);
    }
    ::close(ends[0]);
    ::waitpid(other, nullptr, 0);
    return Latencies(std::move(all));
}

}  // namespace livery::bench
