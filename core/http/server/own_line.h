#pragma once

#include <chrono>
#include <string_view>

namespace livery::http {

// A connection's socket by a descriptor of one's own: it stays that connection, whatever becomes of
// the descriptor it was made from. Thread: one at a time.
class OwnLine {
 public:
    // Throws std::system_error when the process has no descriptors left.
    explicit OwnLine(int descriptor);
    ~OwnLine();
    OwnLine(const OwnLine&) = delete;
    OwnLine& operator=(const OwnLine&) = delete;

    // Writes all of it and says that nothing more comes; gives up when the other side has gone, or
    // takes nothing for `patience`. Blocks.
    void SendLast(std::string_view bytes,
                  std::chrono::milliseconds patience = std::chrono::seconds(15));

 private:
    int descriptor_;
};

}  // namespace livery::http
