#pragma once

#include <string>
#include <vector>

#include "scenario.h"
#include "value.h"

namespace livery::golden {

// What came of a scenario. `broken`: the scenario itself is wrong, with its place.
struct Outcome {
    std::vector<Mismatch> mismatches;
    std::optional<ScenarioError> broken;
    bool passed() const { return mismatches.empty() && !broken; }
};

// Plays a scenario from its first step to its last, or to the first that differs; in memory, or on
// `storage`.
Outcome Play(const Scenario& scenario, std::unique_ptr<Storage> storage = nullptr);

}  // namespace livery::golden
