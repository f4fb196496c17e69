#include "process/resident_memory.h"

#include <array>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace livery::process {

ResidentMemory::ResidentMemory(pid_t pid)
    : descriptor_(
          ::open(("/proc/" + std::to_string(pid) + "/statm").c_str(), O_RDONLY | O_CLOEXEC)) {}

ResidentMemory::~ResidentMemory() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

// proc(5): the second number of `statm`, in pages.
std::size_t ResidentMemory::Bytes() const {
    std::array<char, 64> text{};
    if (descriptor_ < 0 || ::pread(descriptor_, text.data(), text.size() - 1, 0) <= 0) return 0;
    char* rest = nullptr;
    std::strtoull(text.data(), &rest, 10);
    return std::strtoull(rest, nullptr, 10) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace livery::process
