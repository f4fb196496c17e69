#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace livery::process {

// One end of a connected stream socket that carries frames: a length of four bytes, little-endian,
// then as many bytes, at most 64 MiB. Owns its descriptor. Thread: one at a time.
class Channel {
 public:
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::time_point kForever = Clock::time_point::max();
    enum class Outcome { kDone, kClosed, kTimedOut };

    // Two connected ends, closed on exec. Throws std::system_error.
    static std::pair<Channel, Channel> Pair();
    explicit Channel(int descriptor) : descriptor_(descriptor) {}
    Channel(Channel&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Channel& operator=(Channel&&) = delete;
    ~Channel();

    int descriptor() const { return descriptor_; }
    // kDone: there is something to receive, or it is closed.
    Outcome WaitForMore(Clock::time_point deadline) const;
    // kClosed also for what breaks the frames: nothing more can be read then.
    Outcome Send(std::string_view frame, Clock::time_point deadline);
    // A frame of more than `most` bytes is not read, but closed.
    Outcome Receive(std::string& frame, Clock::time_point deadline,
                    std::size_t most = std::size_t{64} << 20);

 private:
    Outcome Wait(short events, Clock::time_point deadline) const;
    Outcome Write(std::string_view bytes, Clock::time_point deadline);
    Outcome Read(char* bytes, std::size_t size, Clock::time_point deadline);

    int descriptor_;
};

}  // namespace livery::process
