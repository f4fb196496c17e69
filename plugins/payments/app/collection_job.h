#pragma once

#include <string>

#include <fmt/format.h>

#include "app/collection.h"
#include "app/reconciliation.h"

namespace livery::payments {

// The report of a day, as jobs keep it.
inline std::string ToJson(const Collection::Report& report) {
    return fmt::format(
        R"({{"tried":{},"paid":{},"announced":{},"reminded":{},"stepped":{},"finished":{},"warned":{},"failed":{}}})",
        report.tried, report.paid, report.announced, report.reminded, report.stepped,
        report.finished, report.warned, report.failed);
}

inline std::string ToJson(const Reconciliation::Report& report) {
    return fmt::format(R"({{"lists":{},"listed":{},"matched":{},"differences":{},"failed":{}}})",
                       report.lists, report.listed, report.matched, report.differences,
                       report.failed);
}

}  // namespace livery::payments
