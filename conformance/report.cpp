#include "conformance/report.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace livery::conformance {

namespace {

using Kind = Verdict::Kind;

int LevelOf(std::string_view group) {
    if (group == "FAULT" || group == "ISO") return 2;
    return group == "TOKEN" || group == "RECON" ? 3 : 1;
}

template <class Spoils>
std::string LevelUnless(const std::vector<Line>& lines, Spoils spoils) {
    int reached = 3;
    for (const Line& line : lines) {
        if (spoils(line.verdict.kind)) reached = std::min(reached, LevelOf(line.check->group) - 1);
    }
    return reached == 0 ? "none" : fmt::format("L{}", reached);
}

}  // namespace

std::string_view WordOf(const Verdict& verdict) {
    return verdict.waived ? "waived" : ToText(verdict.kind);
}

int Report::Count(Kind kind) const {
    return static_cast<int>(std::count_if(
        lines.begin(), lines.end(), [&](const Line& line) { return line.verdict.kind == kind; }));
}

std::map<std::string, std::string> Report::Waived() const {
    std::map<std::string, std::string> waived;
    for (const Line& line : lines) {
        if (line.verdict.waived) waived[NameOf(*line.check)] = line.verdict.why;
    }
    return waived;
}

std::string Report::Level() const {
    return LevelUnless(
        lines, [](Kind kind) { return kind == Kind::kFailed || kind == Kind::kNotImplemented; });
}

// "L1" < "L2" < "L3" < "none".
bool Report::Reaches(const std::string& level) const {
    const std::string reached = Level();
    return level.empty() || (reached != "none" && reached >= level);
}

std::string Report::LevelOfImplemented() const {
    return LevelUnless(lines, [](Kind kind) { return kind == Kind::kFailed; });
}

std::string ToTable(const Report& report) {
    std::string text;
    for (const Line& line : report.lines) {
        text += fmt::format("{:>3} {:<6} {:<40} {}{}{}\n", line.check->number, line.check->group,
                            line.check->name, WordOf(line.verdict),
                            line.verdict.why.empty() ? "" : ": ", line.verdict.why);
    }
    return text + fmt::format(
                      "{}: {} passed, {} failed, {} not applicable ({} waived by the double), {} "
                      "not implemented; level {} "
                      "(of what is implemented: {})\n",
                      report.id + " " + report.version, report.Count(Kind::kPassed),
                      report.Count(Kind::kFailed), report.Count(Kind::kNotApplicable),
                      report.Waived().size(), report.Count(Kind::kNotImplemented), report.Level(),
                      report.LevelOfImplemented());
}

Json ToJson(const Report& report) {
    Json checks = Json::object();
    for (const Line& line : report.lines) {
        Json one{{"number", line.check->number},
                 {"group", line.check->group},
                 {"verdict", ToText(line.verdict.kind)}};
        if (line.verdict.waived) one["waived"] = true;
        if (!line.verdict.why.empty()) one["why"] = line.verdict.why;
        if (!line.check->proves.empty()) one["proves"] = line.check->proves;
        checks[std::string(line.check->name)] = std::move(one);
    }
    return {{"gateway", report.id},
            {"version", report.version},
            {"sha256", report.sha256},
            {"date", report.date},
            {"kit", kKitVersion},
            {"level", report.Level()},
            {"level_of_implemented", report.LevelOfImplemented()},
            {"checks", std::move(checks)}};
}

gateways::Certificate CertificateOf(const Report& report) {
    const std::string level = report.Level();
    if (level == "none") throw std::logic_error("no level is reached");
    return {report.id, report.version, report.sha256,  kKitVersion,
            level,     report.date,    report.Waived()};
}

}  // namespace livery::conformance
