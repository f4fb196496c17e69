#pragma once

#include <initializer_list>
#include <string_view>

namespace livery {

// The host's log, for who runs it. Provided by the core. Thread: any.
class OperatorLog {
 public:
    static constexpr std::string_view kPortId = "livery.operator_log/1";
    virtual ~OperatorLog();
    struct Field {
        std::string_view name;
        std::string_view value;
    };
    // One line that somebody should look at. `event` is a fixed name (`sale.refused`); what varies
    // goes into fields. Never anything of a person, nor a password, a token or a form.
    virtual void Warn(std::string_view event, std::initializer_list<Field> fields) = 0;
};

}  // namespace livery
