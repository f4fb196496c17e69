#include "log/operator_log.h"

#include <vector>

#include "log/log.h"

namespace livery::log {

void PluginLog::Warn(std::string_view event, std::initializer_list<Field> fields) {
    std::vector<log::Field> line;
    for (const Field& field : fields) line.push_back({field.name, field.value});
    Write(Level::kWarn, event, line);
}

}  // namespace livery::log
