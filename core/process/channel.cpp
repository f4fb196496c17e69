#include "process/channel.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace livery::process {

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kHeadBytes = 4;

}  // namespace

std::pair<Channel, Channel> Channel::Pair() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "socketpair");
    return {Channel(ends[0]), Channel(ends[1])};
}

Channel::~Channel() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Channel::Outcome Channel::Wait(short events, Clock::time_point deadline) const {
    pollfd waited{descriptor_, events, 0};
    while (true) {
        int timeout = -1;
        if (deadline != kForever) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
            if (left.count() <= 0) return Outcome::kTimedOut;
            timeout = static_cast<int>(std::min<std::int64_t>(left.count(), 1'000'000));
        }
        const int ready = ::poll(&waited, 1, timeout);
        if (ready > 0) return Outcome::kDone;
        if (ready < 0 && errno != EINTR) return Outcome::kClosed;
    }
}

Channel::Outcome Channel::Write(std::string_view bytes, Clock::time_point deadline) {
    while (!bytes.empty()) {
        const ssize_t sent =
            ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN) {
            const Outcome outcome = Wait(POLLOUT, deadline);
            if (outcome != Outcome::kDone) return outcome;
        } else if (errno != EINTR) {
            return Outcome::kClosed;
        }
    }
    return Outcome::kDone;
}

Channel::Outcome Channel::Read(char* bytes, std::size_t size, Clock::time_point deadline) {
    while (size > 0) {
        // Who always has more to say comes to an end too.
        if (Clock::now() >= deadline) return Outcome::kTimedOut;
        const ssize_t got = ::recv(descriptor_, bytes, size, MSG_DONTWAIT);
        if (got > 0) {
            bytes += got;
            size -= static_cast<std::size_t>(got);
        } else if (got < 0 && errno == EAGAIN) {
            const Outcome outcome = Wait(POLLIN, deadline);
            if (outcome != Outcome::kDone) return outcome;
        } else if (got == 0 || errno != EINTR) {
            return Outcome::kClosed;
        }
    }
    return Outcome::kDone;
}

Channel::Outcome Channel::WaitForMore(Clock::time_point deadline) const {
    return Wait(POLLIN, deadline);
}

Channel::Outcome Channel::Send(std::string_view frame, Clock::time_point deadline) {
    if (frame.size() > kMostBytes) return Outcome::kClosed;
    // In one piece: who waits for it is woken when all of it is there.
    std::string bytes;
    bytes.reserve(kHeadBytes + frame.size());
    for (std::size_t i = 0; i < kHeadBytes; ++i)
        bytes += static_cast<char>(frame.size() >> (8 * i));
    return Write(bytes += frame, deadline);
}

Channel::Outcome Channel::Receive(std::string& frame, Clock::time_point deadline,
                                  std::size_t most) {
    std::array<char, kHeadBytes> head{};
    const Outcome outcome = Read(head.data(), head.size(), deadline);
    if (outcome != Outcome::kDone) return outcome;
    std::size_t size = 0;
    for (std::size_t i = 0; i < kHeadBytes; ++i)
        size |= static_cast<std::size_t>(static_cast<unsigned char>(head[i])) << (8 * i);
    if (size > std::min(most, kMostBytes)) return Outcome::kClosed;
    frame.resize(size);
    return Read(frame.data(), size, deadline);
}

}  // namespace livery::process
