#include "storage/clamd.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace livery::service_desk {

namespace {

constexpr std::size_t kChunk = 64U * 1024;
constexpr std::size_t kLongestAnswer = 4096;

class Line {
 public:
    explicit Line(Clamd::Deadline deadline)
        : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)), deadline_(deadline) {
        if (fd_ < 0) Fail();
    }
    ~Line() {
        if (fd_ >= 0) ::close(fd_);
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void Connect(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof(address.sun_path)) {
            errno = ENAMETOOLONG;
            Fail();
        }
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        WaitNoLongerThanAllowed();
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
            Fail();
    }
    // False when it has closed the line, which it does when it wants no more.
    bool Send(std::string_view bytes) {
        while (!bytes.empty()) {
            WaitNoLongerThanAllowed();
            const ssize_t size = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (size < 0 && errno == EINTR) continue;
            if (size < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
            if (size < 0) Fail();
            bytes.remove_prefix(static_cast<std::size_t>(size));
        }
        return true;
    }
    // Up to the NUL that ends an answer.
    std::string Receive() {
        std::string text;
        char buffer[512];
        while (text.size() < kLongestAnswer) {
            WaitNoLongerThanAllowed();
            const ssize_t size = ::recv(fd_, buffer, sizeof(buffer), 0);
            if (size < 0 && errno == EINTR) continue;
            if (size < 0) Fail();
            if (size == 0) return "";
            text.append(buffer, static_cast<std::size_t>(size));
            if (const auto end = text.find('\0'); end != std::string::npos)
                return text.substr(0, end);
        }
        return "";
    }

 private:
    [[noreturn]] static void Fail() { throw std::system_error(errno, std::generic_category()); }

    void WaitNoLongerThanAllowed() const {
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
            deadline_ - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            errno = ETIMEDOUT;
            Fail();
        }
        const timeval wait{left.count() / 1'000'000, left.count() % 1'000'000};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
    }

    int fd_;
    Clamd::Deadline deadline_;
};

std::string LengthOf(std::size_t size) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(static_cast<unsigned char>(size >> shift & 0xFFU));
    return bytes;
}

bool SendAll(Line& line, std::string_view content) {
    using namespace std::string_view_literals;
    if (!line.Send("zINSTREAM\0"sv)) return false;
    for (; !content.empty(); content.remove_prefix(std::min(kChunk, content.size()))) {
        const std::string_view chunk = content.substr(0, kChunk);
        if (!line.Send(LengthOf(chunk.size())) || !line.Send(chunk)) return false;
    }
    return line.Send(LengthOf(0));
}

Clamd::Answer Understood(std::string words) {
    constexpr std::string_view kPrefix = "stream: ";
    constexpr std::string_view kFound = " FOUND";
    if (words == "stream: OK") return {Clamd::Verdict::kClean, ""};
    if (words.starts_with(kPrefix) && words.ends_with(kFound)) {
        words.resize(words.size() - kFound.size());
        return {Clamd::Verdict::kFound, words.substr(kPrefix.size())};
    }
    return {Clamd::Verdict::kUnanswered, words.empty() ? "it said nothing" : words};
}

}  // namespace

Clamd::Answer Clamd::Look(std::string_view content, Deadline deadline) const {
    try {
        Line line(deadline);
        line.Connect(socket_);
        // Where it stopped reading, it has said why.
        SendAll(line, content);
        return Understood(line.Receive());
    } catch (const std::system_error& failure) {
        const bool late = failure.code().value() == EAGAIN || failure.code().value() == ETIMEDOUT;
        return {Verdict::kUnanswered, late ? "no answer in time" : failure.code().message()};
    }
}

}  // namespace livery::service_desk
