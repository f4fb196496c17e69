#pragma once

#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "app/collection.h"
#include "app/reconciliation.h"

namespace livery::payments {

// The report of a day, as jobs keep it.
inline std::string ToJson(const Collection::Report& report) {
    return fmt::format(
        R"({{"tried":{},"paid":{},"announced":{},"reminded":{},"stepped":{},"finished":{},"warned":{},"failed":{},"left":{}}})",
        report.tried, report.paid, report.announced, report.reminded, report.stepped,
        report.finished, report.warned, report.failed, report.left);
}

// A day on which a provider did not answer is not over: it fails, and is tried again in minutes
// (core/jobs), by which nobody is charged or written to twice.
inline std::string EndOfDay(const Collection::Report& report) {
    if (report.left == 0) return ToJson(report);
    throw std::runtime_error(fmt::format("a provider does not answer, {} accounts wait: {}",
                                         report.left, ToJson(report)));
}

inline std::string ToJson(const Reconciliation::Report& report) {
    return fmt::format(R"({{"lists":{},"listed":{},"matched":{},"differences":{},"failed":{}}})",
                       report.lists, report.listed, report.matched, report.differences,
                       report.failed);
}

}  // namespace livery::payments
