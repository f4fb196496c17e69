#pragma once

#include <cstdint>
#include <string>

namespace livery::gateways {

struct Enclosed {
    std::string failed;  // why nothing of a gateway may be opened here; empty: it may
    std::string weaker;  // what this kernel does not do; empty: nothing is missing
};

// Gives up what opening `file` does not need, before its first instruction runs: the constructors
// of a library run while it is opened. Descriptors other than 0 are closed, but 3 where the file
// was `passed` as that; memory ends at `most_bytes`; nothing can be connected, started, written,
// renamed or signalled (SIGSYS, or EPERM); files outside of the system's libraries cannot be read,
// where the kernel has Landlock. Confine takes the rest afterwards.
Enclosed Enclose(const std::string& file, bool passed, std::uint64_t most_bytes);

}  // namespace livery::gateways
