#pragma once

#include <memory>
#include <string>

#include "conformance/double.h"

namespace livery::conformance {

// A double that is a program of its own, as sdk/docs/gateway/double.md describes: `command`, a line
// of the shell, is started with fresh books. Throws std::runtime_error: it does not listen, or does
// not say what it is.
std::unique_ptr<Double> StartProgram(const std::string& command);

}  // namespace livery::conformance
