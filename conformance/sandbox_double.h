#pragma once

#include <memory>
#include <string>

#include "conformance/double.h"

namespace livery::conformance {

// Pelican Pay, the program livery-sandbox-provider at `program`, with fresh books.
std::unique_ptr<Double> StartSandbox(const std::string& program);

}  // namespace livery::conformance
