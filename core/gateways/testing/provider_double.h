#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace livery::gateways::testing {

// A provider on this machine, for tests: hears HTTP/1.1 requests, and answers or misbehaves as
// told. Thread: any.
class ProviderDouble {
 public:
    struct Heard {
        std::string method;
        std::string target;
        std::map<std::string, std::string> headers;  // names in lower case
        std::string body;
    };
    struct Answer {
        enum class End { kKeep, kReset, kHang };
        std::string bytes;
        End end = End::kKeep;
        std::chrono::milliseconds per_byte{0};
    };
    using Script = std::function<Answer(const Heard&)>;

    ProviderDouble();
    ~ProviderDouble();
    ProviderDouble(const ProviderDouble&) = delete;
    ProviderDouble& operator=(const ProviderDouble&) = delete;

    std::string url() const;
    void Say(Script script);
    void Say(Answer answer) {
        Say([answer = std::move(answer)](const Heard&) { return answer; });
    }
    std::vector<Heard> heard();

    static Answer Json(const std::string& body, const std::string& status = "200 OK");

 private:
    void Accept();
    void Serve(int connection);
    bool Speak(int connection, const Answer& answer);

    int port_ = 0;
    int listener_;  // after its port, which it fills
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;  // guards those below
    Script script_;
    std::vector<Heard> heard_;
    std::vector<std::thread> threads_;
    std::thread accepting_;
};

// A port of this machine where nobody listens.
int FreePort();

}  // namespace livery::gateways::testing
