#include "domain/desk.h"

#include <algorithm>

#include <livery/check.h>

namespace livery::service_desk {

std::optional<int> PriorityFrom(std::string_view name) {
    const auto found = std::find(std::begin(kPriorities), std::end(kPriorities), name);
    if (found == std::end(kPriorities)) return std::nullopt;
    return static_cast<int>(found - std::begin(kPriorities));
}

std::string_view PriorityText(int priority) {
    LIVERY_CHECK(priority >= 0 && priority < std::ssize(kPriorities), "no priority");
    return kPriorities[static_cast<std::size_t>(priority)];
}

const std::string& In(const Label& label, std::string_view language) {
    const auto found = label.find(std::string(language));
    return found == label.end() ? label.begin()->second : found->second;
}

ServiceTargets Desk::TargetsOf(int priority) const {
    const auto found = targets.find(std::string(PriorityText(priority)));
    return found == targets.end() ? ServiceTargets{} : found->second;
}

bool Desk::Offers(int priority) const {
    return std::find(offered_priorities.begin(), offered_priorities.end(), priority) !=
           offered_priorities.end();
}

std::string Desk::CategoryAbout(std::string_view kind) const {
    for (const auto& [id, category] : categories) {
        const auto& about = category.about;
        if (std::find(about.begin(), about.end(), kind) != about.end()) return id;
    }
    return "";
}

}  // namespace livery::service_desk
