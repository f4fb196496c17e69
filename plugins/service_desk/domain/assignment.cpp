#include "domain/assignment.h"

#include <algorithm>
#include <tuple>

namespace livery::service_desk {

namespace {

bool HasAll(const Candidate& candidate, const std::vector<std::string>& skills) {
    return std::all_of(skills.begin(), skills.end(),
                       [&](const std::string& skill) { return candidate.skills.contains(skill); });
}

}  // namespace

std::optional<UserId> Choose(const Demand& demand, const std::vector<Candidate>& candidates) {
    const Candidate* best = nullptr;
    const auto rank = [&](const Candidate& one) {
        return std::tuple(!one.languages.contains(demand.language), one.load,
                          one.last_given.value_or(Instant::min()), one.user);
    };
    for (const Candidate& one : candidates) {
        if (!HasAll(one, demand.skills)) continue;
        if (best == nullptr || rank(one) < rank(*best)) best = &one;
    }
    return best == nullptr ? std::nullopt : std::optional(best->user);
}

}  // namespace livery::service_desk
