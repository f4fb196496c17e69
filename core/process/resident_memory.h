#pragma once

#include <cstddef>
#include <utility>

#include <sys/types.h>

namespace livery::process {

// What a process has in memory now; asking costs about a microsecond. Thread: any, one at a time.
class ResidentMemory {
 public:
    // Of a child that is not waited for yet. One that cannot be looked at has nothing.
    explicit ResidentMemory(pid_t pid);
    ResidentMemory(ResidentMemory&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)) {}
    ResidentMemory& operator=(ResidentMemory&&) = delete;
    ~ResidentMemory();

    // 0 once it has ended.
    std::size_t Bytes() const;

 private:
    int descriptor_;
};

}  // namespace livery::process
