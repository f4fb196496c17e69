#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace livery::sandbox {

// A file of lines that only grows. A line is on the disk when Append returns, or it is not there at
// all: what a process that was killed left of its last line is cut off when the file is opened
// again. One process at a time. Thread: one at a time.
class Ledger {
 public:
    // Hands every whole line to `read`. Throws std::system_error when the file cannot be used (or
    // is used by another process), std::runtime_error for a line that `read` throws at, by number.
    Ledger(std::string path, const std::function<void(std::string_view)>& read);
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    // `line` without its end. Throws std::system_error; then nothing more may be appended.
    void Append(std::string line);

 private:
    void Replay(const std::function<void(std::string_view)>& read);

    std::string path_;
    int file_;
};

}  // namespace livery::sandbox
