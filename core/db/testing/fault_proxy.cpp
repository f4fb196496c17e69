#include "db/testing/fault_proxy.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace livery::db::testing {

namespace {

constexpr int kGlance = 20;  // ms between looks at whether the proxy ends

int NewSocket() {
    const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "socket");
    return file;
}

sockaddr_un AddressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    return address;
}

bool SendAll(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// What is there to read; empty at the end.
std::string_view Receive(int file, std::array<char, 65536>& buffer) {
    const ssize_t size = ::recv(file, buffer.data(), buffer.size(), 0);
    return {buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

bool Readable(const pollfd& file) { return (file.revents & (POLLIN | POLLHUP | POLLERR)) != 0; }

}  // namespace

FaultProxy::FaultProxy(std::string socket, std::string server)
    : socket_(std::move(socket)), server_(std::move(server)), listener_(NewSocket()) {
    const sockaddr_un address = AddressOf(socket_);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
        ::listen(listener_, 16) != 0) {
        throw std::system_error(errno, std::generic_category(), socket_);
    }
    acceptor_ = std::thread([this] { Accept(); });
}

FaultProxy::~FaultProxy() {
    ending_ = true;
    acceptor_.join();
    for (std::thread& carrier : carriers_) carrier.join();
    ::close(listener_);
    ::unlink(socket_.c_str());
}

void FaultProxy::Arm(Fault fault, std::string words) {
    const std::lock_guard lock(mutex_);
    fault_ = fault;
    words_ = std::move(words);
}

FaultProxy::Fault FaultProxy::Meets(std::string_view command) {
    const std::lock_guard lock(mutex_);
    if (fault_ == Fault::kNone || command.find(words_) == std::string_view::npos)
        return Fault::kNone;
    ++faults_;
    return std::exchange(fault_, Fault::kNone);
}

void FaultProxy::Accept() {
    pollfd waiting{listener_, POLLIN, 0};
    while (!ending_) {
        if (::poll(&waiting, 1, kGlance) <= 0) continue;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        const std::lock_guard lock(mutex_);
        carriers_.emplace_back([this, client] { Carry(client); });
    }
}

void FaultProxy::Carry(int client) {
    const int server = NewSocket();
    const sockaddr_un address = AddressOf(server_);
    bool open =
        ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    std::array<char, 65536> buffer{};
    std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    Fault fault = Fault::kNone;
    while (open && !ending_) {
        if (::poll(both.data(), both.size(), kGlance) <= 0) continue;
        if (Readable(both[0])) {
            const std::string_view command = Receive(client, buffer);
            fault = Meets(command);
            open = !command.empty() && fault != Fault::kBeforeServer && SendAll(server, command);
        }
        if (open && Readable(both[1])) {
            const std::string_view answer = Receive(server, buffer);
            open = !answer.empty() && fault != Fault::kBeforeAnswer && SendAll(client, answer);
        }
    }
    ::close(server);
    ::close(client);
}

}  // namespace livery::db::testing
