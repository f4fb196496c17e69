// A double of a provider: a small program that behaves as the provider does and keeps books of its
// own, which the conformance kit asks (`livery-certify FILE.so --double PROGRAM`). For tests only;
// it listens on 127.0.0.1 and takes nothing seriously but its ledger. What the kit asks of any
// double, whatever it is written in, is said in sdk/docs/gateway/double.md; this makes all of it.
#ifndef LIVERY_GATEWAY_DOUBLE_HPP
#define LIVERY_GATEWAY_DOUBLE_HPP

#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <livery/gateway/json.hpp>

namespace livery::gw::testing {

struct Asked {
    std::string method;
    std::string path;
    std::map<std::string, std::string> query;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string text;                            // the body as it came
    Json body;                                   // and as JSON; discarded when it is none

    std::string Header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
    std::string Query(const std::string& name) const {
        const auto found = query.find(name);
        return found == query.end() ? "" : found->second;
    }
};

struct Answered {
    int status = 200;
    Json body = Json::object();
};

// Threads: handlers run one at a time.
class ProviderDouble {
 public:
    using Handler = std::function<Answered(const Asked&)>;

    // What the kit is told at the start: "config", "secrets", "tokens", "declines", "cannot".
    // "{port}" in a value of the configuration becomes the port.
    Json about{{"config", Json::object()}, {"secrets", Json::object()}, {"tokens", Json::object()}};
    // Where amount, currency and state stand in the provider's answers.
    std::string amount_member = "amount";
    std::string currency_member = "currency";
    std::string state_member = "state";
    // A customer on one of its pages; empty: it has none.
    std::function<void(const std::string& page, const std::string& what)> visit;
    // What the shop's form brought him there with, during `visit`; empty: a link led there.
    std::map<std::string, std::string> brought;
    // The clock was moved: what is due by now happens.
    std::function<void()> time_passed;

    // `path` that ends in "/" stands for everything below it. The first that fits is asked.
    void On(const std::string& method, const std::string& path, Handler handler) {
        routes_.push_back({method, path, std::move(handler)});
    }
    // Money moved: kind is payment, refund, chargeback or chargeback_reversal.
    void Move(const std::string& kind, const std::string& reference, const std::string& currency,
              std::int64_t amount, std::int64_t fee = 0) {
        ledger_.push_back({{"kind", kind},
                           {"reference", reference},
                           {"currency", currency},
                           {"amount", amount},
                           {"fee", fee}});
    }
    std::int64_t Now() const {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::seconds>(now).count() + ahead_;
    }
    // `work` once for an idempotency key within a day: a repeat of the same request gets the same
    // answer, another one `used`.
    Answered Once(const Asked& asked, const std::function<Answered()>& work, const Answered& used) {
        const std::string key = asked.Header("idempotency-key");
        if (key.empty()) return work();
        const auto kept = keys_.find(key);
        if (kept != keys_.end() && Now() - kept->second.at < 86'400)
            return kept->second.request == asked.path + asked.text ? kept->second.answer : used;
        Answered answer = work();
        keys_[key] = {asked.path + asked.text, answer, Now()};
        return answer;
    }

    // main(): takes --data and --port, says `listening on PORT`, and serves until it is ended.
    int Run(int argc, char** argv);

 private:
    struct Route {
        std::string method;
        std::string path;
        Handler handler;
    };
    struct Kept {
        std::string request;
        Answered answer;
        std::int64_t at = 0;
    };

    Answered Answer(const Asked& asked);
    Answered Control(const std::string& what, const Json& given);
    void Spoil(const std::string& fault, Answered& answer) const;
    void Serve(int connection);
    static bool Read(int connection, std::string& bytes, Asked& asked);
    static void Write(int connection, const Answered& answer);

    std::mutex mutex_;  // guards all that is below
    std::vector<Route> routes_;
    std::vector<Json> ledger_;
    std::map<std::string, Kept> keys_;
    std::string fault_;  // of the next answer that changes something
    std::int64_t ahead_ = 0;
    int port_ = 0;
};

namespace detail {

inline std::string Unescaped(const std::string& text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size()) {
            plain += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else {
            plain += text[at] == '+' ? ' ' : text[at];
        }
    }
    return plain;
}

inline std::vector<std::string> SplitAt(const std::string& text, const std::string& mark) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = text.find(mark); end != std::string::npos;
         end = text.find(mark, begin)) {
        parts.push_back(text.substr(begin, end - begin));
        begin = end + mark.size();
    }
    parts.push_back(text.substr(begin));
    return parts;
}

// "GET /a?b=c HTTP/1.1" and the lines below it.
inline Asked HeadOf(const std::string& head) {
    Asked asked;
    const std::vector<std::string> lines = SplitAt(head, "\r\n");
    const std::vector<std::string> words = SplitAt(lines.front(), " ");
    if (words.size() != 3) throw std::runtime_error("that is no HTTP");
    asked.method = words[0];
    const std::vector<std::string> target = SplitAt(words[1], "?");
    asked.path = Unescaped(target[0]);
    if (target.size() > 1) {
        for (const std::string& pair : SplitAt(target[1], "&")) {
            const std::size_t equals = pair.find('=');
            if (equals == std::string::npos) continue;
            asked.query[Unescaped(pair.substr(0, equals))] = Unescaped(pair.substr(equals + 1));
        }
    }
    for (std::size_t at = 1; at < lines.size(); ++at) {
        const std::size_t colon = lines[at].find(':');
        if (colon == std::string::npos) continue;
        std::string name = lines[at].substr(0, colon);
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const std::size_t value = lines[at].find_first_not_of(' ', colon + 1);
        asked.headers[name] = value == std::string::npos ? "" : lines[at].substr(value);
    }
    return asked;
}

}  // namespace detail

inline Answered ProviderDouble::Control(const std::string& what, const Json& given) {
    if (what == "about") return {200, about};
    if (what == "hooks") return {200, Json::object()};
    if (what == "told") return {200, {{"untold", 0}}};
    if (what == "clock") {
        ahead_ += given.at("advance").get<std::int64_t>();
        if (time_passed) time_passed();
        return {200, {{"now", Now()}}};
    }
    if (what == "break") {
        fault_ = given.at("fault").get<std::string>();
        return {200, Json::object()};
    }
    if (what == "visit" && visit) {
        brought = given.value("fields", std::map<std::string, std::string>());
        visit(given.at("page").get<std::string>(), given.at("what").get<std::string>());
        return {200, Json::object()};
    }
    if (what == "movements") {
        Json movements = Json::array();
        for (const Json& one : ledger_)
            if (one["reference"] == given.at("reference")) movements.push_back(one);
        return {200, {{"movements", movements}}};
    }
    return {404, Json::object()};
}

inline void ProviderDouble::Spoil(const std::string& fault, Answered& answer) const {
    if (fault == "error_in_success") answer = {200, {{"error", {{"code", "internal"}}}}};
    if (answer.status >= 300 || !answer.body.is_object()) return;
    if (fault == "wrong_amount" && answer.body.contains(amount_member))
        answer.body[amount_member] = answer.body[amount_member].get<std::int64_t>() + 1;
    if (fault == "wrong_currency") answer.body[currency_member] = "USD";
    if (fault == "unknown_state") answer.body[state_member] = "word_of_tomorrow";
}

inline Answered ProviderDouble::Answer(const Asked& asked) {
    for (const Route& route : routes_) {
        const bool below = route.path.size() > 1 && route.path.back() == '/' &&
                           asked.path.compare(0, route.path.size(), route.path) == 0;
        if (route.method == asked.method && (below || route.path == asked.path))
            return route.handler(asked);
    }
    return {404, {{"error", {{"code", "no_such_path"}}}}};
}

inline bool ProviderDouble::Read(int connection, std::string& bytes, Asked& asked) {
    std::size_t head = std::string::npos;
    std::size_t length = 0;
    for (;;) {
        head = bytes.find("\r\n\r\n");
        if (head != std::string::npos) {
            asked = detail::HeadOf(bytes.substr(0, head));
            const std::string said = asked.Header("content-length");
            length = said.empty() ? 0 : std::stoul(said);
            if (bytes.size() >= head + 4 + length) break;
        }
        char part[16'384];
        const ssize_t got = ::recv(connection, part, sizeof part, 0);
        if (got <= 0) return false;
        bytes.append(part, static_cast<std::size_t>(got));
    }
    asked.text = bytes.substr(head + 4, length);
    asked.body = Json::parse(asked.text, nullptr, false);
    bytes.erase(0, head + 4 + length);
    return true;
}

inline void ProviderDouble::Write(int connection, const Answered& answer) {
    const std::string body = answer.body.dump();
    const std::string text = "HTTP/1.1 " + std::to_string(answer.status) +
                             " Said\r\nContent-Type: application/json\r\nContent-Length: " +
                             std::to_string(body.size()) + "\r\n\r\n" + body;
    for (std::size_t at = 0; at < text.size();) {
        const auto sent = ::send(connection, text.data() + at, text.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) return;
        at += static_cast<std::size_t>(sent);
    }
}

inline void ProviderDouble::Serve(int connection) {
    std::string bytes;
    Asked asked;
    try {
        while (Read(connection, bytes, asked)) {
            Answered answer;
            {
                const std::lock_guard<std::mutex> lock(mutex_);
                if (asked.path.compare(0, 6, "/test/") == 0) {
                    answer = Control(asked.path.substr(6),
                                     asked.body.is_object() ? asked.body : Json::object());
                } else {
                    const std::string fault =
                        asked.method == "GET" ? "" : std::exchange(fault_, "");
                    answer = Answer(asked);
                    Spoil(fault, answer);
                }
            }
            Write(connection, answer);
        }
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s %s: %s\n", asked.method.c_str(), asked.path.c_str(),
                     failure.what());
    }
    ::close(connection);
}

inline int ProviderDouble::Run(int argc, char** argv) {
    for (int at = 1; at + 1 < argc; ++at)
        if (std::strcmp(argv[at], "--port") == 0) port_ = std::stoi(argv[at + 1]);
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    socklen_t size = sizeof address;
    auto* const place = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, place, size) != 0 || ::listen(listener, 64) != 0 ||
        ::getsockname(listener, place, &size) != 0) {
        std::perror("the double cannot listen");
        return 1;
    }
    port_ = ntohs(address.sin_port);
    std::printf("listening on %d\n", port_);
    std::fflush(stdout);
    for (;;) {
        const int connection = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        std::thread([this, connection] { Serve(connection); }).detach();
    }
}

}  // namespace livery::gw::testing

#endif
