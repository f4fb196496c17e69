#pragma once

#include <vector>

#include <livery/config/reader.h>

#include "scenario.h"

namespace livery::golden {

// Reads a step, with all its keys checked, behind those that are there. What is wrong with it is
// reported with its place.
void ReadStep(const config::Node& node, const config::Reader& at, std::vector<Step>& steps);

}  // namespace livery::golden
