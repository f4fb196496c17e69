#pragma once

#include <livery/ports/operator_log.h>

namespace livery::log {

// Warnings of plugins, as lines of the log.
class PluginLog final : public OperatorLog {
 public:
    void Warn(std::string_view event, std::initializer_list<Field> fields) override;
};

}  // namespace livery::log
