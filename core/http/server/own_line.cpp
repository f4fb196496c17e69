#include "http/server/own_line.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace livery::http {

namespace {

bool WaitUntilWritable(int descriptor, std::chrono::milliseconds patience) {
    pollfd waited{descriptor, POLLOUT, 0};
    int ready = 0;
    do {
        ready = ::poll(&waited, 1, static_cast<int>(patience.count()));
    } while (ready < 0 && errno == EINTR);
    return ready == 1 && (waited.revents & POLLOUT) != 0;
}

}  // namespace

OwnLine::OwnLine(int descriptor) : descriptor_(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "a descriptor");
}

OwnLine::~OwnLine() { ::close(descriptor_); }

void OwnLine::SendLast(std::string_view bytes, std::chrono::milliseconds patience) {
    while (!bytes.empty()) {
        // MSG_NOSIGNAL: a client that went away is no reason to die of SIGPIPE.
        const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno != EINTR && !((errno == EAGAIN || errno == EWOULDBLOCK) &&
                                       WaitUntilWritable(descriptor_, patience))) {
            break;
        }
    }
    // Half a close, as for every last answer: what the client still sends is read and thrown away,
    // so that no reset destroys the answer on its way.
    ::shutdown(descriptor_, bytes.empty() ? SHUT_WR : SHUT_RDWR);
}

}  // namespace livery::http
