#pragma once

#include <string>

#include "memory.h"

namespace livery::property {

// What of a world one has and the other has not, to the last field; "" = they are the same. Numbers
// drawn but not used are not looked at, nor usage: both are read by nobody here.
std::string DifferenceOf(const golden::MemoryState& stored, const golden::MemoryState& remembered);

}  // namespace livery::property
