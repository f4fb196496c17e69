#include "domain/desk.h"

#include <algorithm>

namespace livery::service_desk {

std::optional<int> PriorityFrom(std::string_view name) {
    const auto found = std::find(std::begin(kPriorities), std::end(kPriorities), name);
    if (found == std::end(kPriorities)) return std::nullopt;
    return static_cast<int>(found - std::begin(kPriorities));
}

const std::string& In(const Label& label, std::string_view language) {
    const auto found = label.find(std::string(language));
    return found == label.end() ? label.begin()->second : found->second;
}

ServiceTargets Desk::TargetsOf(const std::string& priority) const {
    const auto found = targets.find(priority);
    return found == targets.end() ? ServiceTargets{} : found->second;
}

std::string Desk::CategoryAbout(std::string_view kind) const {
    for (const auto& [id, category] : categories) {
        const auto& about = category.about;
        if (std::find(about.begin(), about.end(), kind) != about.end()) return id;
    }
    return "";
}

}  // namespace livery::service_desk
