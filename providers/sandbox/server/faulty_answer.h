#pragma once

#include <functional>
#include <string>

#include "sandbox/faults/faults.h"

namespace livery::sandbox {

// Writes the bytes of an answer as the fault has it. `wait(ms)` is false when the server stops. The
// result: whether the connection lives on.
struct Wire {
    int socket;
    std::function<bool(int milliseconds)> wait;
};
bool WriteAnswer(const Wire& wire, const std::string& bytes, const Fault* fault);
// As a provider that crashes: the other end sees a reset, not an end.
void Reset(int socket);

}  // namespace livery::sandbox
