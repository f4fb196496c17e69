#include "http/client/client.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <mutex>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace livery::http {

namespace {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

// Of one request, seen from libcurl's callbacks.
struct Exchange {
    const std::function<void()>& before_send;
    std::size_t most_bytes;
    bool allow_loopback;
    bool safe;  // may be sent again, as libcurl does when a kept connection turns out dead
    bool sent = false;
    bool too_long = false;
    bool forbidden = false;
    IncomingAnswer answer = {};
};

int BeforeSend(void* context, char*, char*, int, int) {
    auto& exchange = *static_cast<Exchange*>(context);
    if (exchange.sent && !exchange.safe) return CURL_PREREQFUNC_ABORT;
    exchange.before_send();
    exchange.sent = true;
    return CURL_PREREQFUNC_OK;
}

std::size_t OnBody(char* bytes, std::size_t size, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    const std::size_t length = size * count;
    if (exchange.answer.body.size() + length > exchange.most_bytes) {
        exchange.too_long = true;
        return 0;
    }
    exchange.answer.body.append(bytes, length);
    return length;
}

std::string Trimmed(std::string text) {
    const auto blank = [](unsigned char c) { return std::isspace(c) != 0; };
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), blank));
    text.erase(std::find_if_not(text.rbegin(), text.rend(), blank).base(), text.end());
    return text;
}

std::size_t OnHeader(char* bytes, std::size_t size, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    const std::string line(bytes, size * count);
    const auto colon = line.find(':');
    if (colon == std::string::npos) return line.size();
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    exchange.answer.headers[name] = Trimmed(line.substr(colon + 1));
    return line.size();
}

// Addresses of this machine and of the networks behind it: what a provider's name must never lead
// to (RFC 1918, 3927, 4193, 6598).
bool IsInside(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        const auto& inet = reinterpret_cast<const sockaddr_in&>(address);
        const std::uint32_t ip = ntohl(inet.sin_addr.s_addr);
        const auto in = [&](std::uint32_t net, int bits) {
            return (ip >> (32 - bits)) == (net >> (32 - bits));
        };
        return in(0x00000000, 8) || in(0x0A000000, 8) || in(0x64400000, 10) || in(0x7F000000, 8) ||
               in(0xA9FE0000, 16) || in(0xAC100000, 12) || in(0xC0A80000, 16) || in(0xE0000000, 3);
    }
    const auto& inet = reinterpret_cast<const sockaddr_in6&>(address);
    const auto& ip = inet.sin6_addr;
    return IN6_IS_ADDR_UNSPECIFIED(&ip) || IN6_IS_ADDR_LOOPBACK(&ip) ||
           IN6_IS_ADDR_LINKLOCAL(&ip) || IN6_IS_ADDR_V4MAPPED(&ip) || IN6_IS_ADDR_MULTICAST(&ip) ||
           (ip.s6_addr[0] & 0xFEU) == 0xFCU;
}

bool IsLoopback(const sockaddr& address) {
    if (address.sa_family == AF_INET)
        return (ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr) >> 24) == 127;
    return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr) != 0;
}

// After the name was resolved, so that no name of an inner address gets through.
curl_socket_t Open(void* context, curlsocktype, curl_sockaddr* to) {
    auto& exchange = *static_cast<Exchange*>(context);
    const bool allowed = !IsInside(to->addr) || (exchange.allow_loopback && IsLoopback(to->addr));
    if (!allowed) {
        exchange.forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

bool HasLineBreak(const std::string& text) {
    return text.find_first_of(std::string("\r\n\0", 3)) != std::string::npos;
}

}  // namespace

// Handles keep their connections, so each is used again.
struct Client::Pool {
    std::mutex mutex;
    std::vector<Handle> free;

    Handle Take() {
        const std::lock_guard lock(mutex);
        if (free.empty()) return {curl_easy_init(), curl_easy_cleanup};
        Handle handle = std::move(free.back());
        free.pop_back();
        return handle;
    }
    void Give(Handle handle) {
        curl_easy_reset(handle.get());
        const std::lock_guard lock(mutex);
        if (free.size() < 64) free.push_back(std::move(handle));
    }
};

Client::Client(Options options) : options_(std::move(options)), pool_(std::make_unique<Pool>()) {}
Client::~Client() = default;

Exchanged Client::Send(const OutgoingRequest& request, const std::function<void()>& before_send) {
    Exchange exchange{before_send, options_.most_bytes, options_.allow_loopback,
                      request.method == "GET" || request.method == "HEAD"};
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(nullptr,
                                                                        curl_slist_free_all);
    const auto add = [&](const std::string& line) {
        headers.reset(curl_slist_append(headers.release(), line.c_str()));
    };
    for (const auto& [name, value] : request.headers) {
        if (HasLineBreak(name) || HasLineBreak(value)) return NotSent{"a header has a line break"};
        add(name + ": " + value);
    }
    add("Expect:");  // no waiting for a 100
    Handle handle = pool_->Take();
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, options_.allow_loopback ? "https,http" : "https");
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (!options_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, nullptr);
    curl_easy_setopt(
        curl, CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::min(options_.connect_limit, request.time_limit).count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.time_limit.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, OnHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, BeforeSend);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, Open);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &exchange);
    const CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    pool_->Give(std::move(handle));
    if (code == CURLE_OK) {
        exchange.answer.status = static_cast<int>(status);
        return std::move(exchange.answer);
    }
    const std::string why = exchange.forbidden  ? "the address is not one of the internet"
                            : exchange.too_long ? "the answer is too long"
                                                : curl_easy_strerror(code);
    if (exchange.sent) return NoAnswer{why};
    return NotSent{why};
}

}  // namespace livery::http
