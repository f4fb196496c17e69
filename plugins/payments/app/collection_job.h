#pragma once

#include <string>

#include <fmt/format.h>

#include "app/collection.h"

namespace livery::payments {

// The report of a day, as jobs keep it.
inline std::string ToJson(const Collection::Report& report) {
    return fmt::format(
        R"({{"tried":{},"paid":{},"reminded":{},"stepped":{},"warned":{},"failed":{}}})",
        report.tried, report.paid, report.reminded, report.stepped, report.warned, report.failed);
}

}  // namespace livery::payments
