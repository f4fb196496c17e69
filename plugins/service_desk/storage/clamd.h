#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace livery::service_desk {

// A clamd of the operator's, asked over its Unix socket by INSTREAM (clamd(8)): the bytes go
// through the socket, so it needs no right to read our files. Thread: any.
class Clamd {
 public:
    using Deadline = std::chrono::steady_clock::time_point;
    explicit Clamd(std::string socket) : socket_(std::move(socket)) {}

    enum class Verdict {
        kClean,
        kFound,      // `words`: what
        kUnanswered  // `words`: why; nobody has looked at all of it
    };
    struct Answer {
        Verdict verdict = Verdict::kUnanswered;
        std::string words;
    };
    // At the deadline it is kUnanswered.
    Answer Look(std::string_view content, Deadline deadline) const;

 private:
    std::string socket_;
};

}  // namespace livery::service_desk
