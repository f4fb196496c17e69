#include <map>

#include <fmt/format.h>

#include "conformance/report.h"

namespace livery::conformance {

namespace {

using Kind = Verdict::Kind;

// System colours and fonts; two palettes by what the reader's machine prefers.
constexpr const char* kStyle = R"(
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#1b1f24;--soft:#5b6470;--line:#dfe3e8;
--good:#0b6b3a;--good-back:#e3f4ea;--bad:#a3121f;--bad-back:#fdeaea;--idle:#5b6470;--idle-back:#eceff2}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--card:#1c2026;--ink:#e8ebef;--soft:#a2acb8;--line:#313842;
--good:#7fd6a3;--good-back:#163325;--bad:#ff9a9a;--bad-back:#3d1a1d;--idle:#a2acb8;--idle-back:#272d35}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem 4rem}h1{font-size:1.75rem;line-height:1.2;margin:0}
h2{font-size:1.1rem;margin:2.5rem 0 .5rem}.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem}
header{padding:1.5rem;display:flex;flex-wrap:wrap;gap:1rem 2rem;align-items:center;justify-content:space-between}
header p{margin:.25rem 0 0;color:var(--soft)}.level{font-size:2rem;font-weight:700;padding:.25rem 1rem;border-radius:.75rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem;margin:1rem 0 0}dl div{padding:1rem}
dt{color:var(--soft);font-size:.875rem}dd{margin:0;font-size:1.25rem;font-weight:600}.hash{overflow-wrap:anywhere;font:.8rem/1.4 ui-monospace,monospace}
ol{list-style:none;margin:0;padding:0}li{padding:.75rem 1rem;border-top:1px solid var(--line);display:grid;grid-template-columns:2.5rem 1fr auto;gap:0 .75rem}
li:first-child{border-top:0}.n{color:var(--soft);font-variant-numeric:tabular-nums}.name{font-weight:600;overflow-wrap:anywhere}
li p{grid-column:2/-1;margin:.15rem 0 0;color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
.mark{border-radius:1rem;padding:0 .65rem;font-size:.85rem;white-space:nowrap;align-self:start}
.passed{color:var(--good);background:var(--good-back)}.failed{color:var(--bad);background:var(--bad-back)}
.idle{color:var(--idle);background:var(--idle-back)}@media print{body{background:none}li{break-inside:avoid}}
)";

std::string Escaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else if (c == '"')
            escaped += "&quot;";
        else
            escaped += c;
    }
    return escaped;
}

const char* ClassOf(Kind kind) {
    if (kind == Kind::kPassed) return "passed";
    return kind == Kind::kFailed ? "failed" : "idle";
}

std::string WordsOf(std::string_view group) {
    static const std::map<std::string_view, const char*> kWords{{"LOAD", "The file"},
                                                                {"CONF", "Configuration"},
                                                                {"DESC", "What it promises"},
                                                                {"MONEY", "Amounts"},
                                                                {"FLOW", "Payments and refunds"},
                                                                {"SCA", "The customer at his bank"},
                                                                {"ERR", "Declines and errors"},
                                                                {"IDEM", "Repeats"},
                                                                {"FAULT", "Broken lines"},
                                                                {"HOOK", "Webhooks"},
                                                                {"TOKEN", "Kept methods"},
                                                                {"RECON", "Reconciliation"},
                                                                {"SEC", "Secrets"},
                                                                {"ISO", "Isolation"},
                                                                {"PERF", "Time and memory"}};
    const auto found = kWords.find(group);
    return found == kWords.end() ? std::string(group) : found->second;
}

std::string Item(const Line& line) {
    std::string text = fmt::format(
        R"(<li><span class="n">{}</span><span class="name">{}</span><span class="mark {}">{}</span>)",
        line.check->number, Escaped(line.check->name), ClassOf(line.verdict.kind),
        WordOf(line.verdict));
    if (!line.check->proves.empty()) text += fmt::format("<p>{}</p>", Escaped(line.check->proves));
    if (!line.verdict.why.empty()) text += fmt::format("<p>{}</p>", Escaped(line.verdict.why));
    return text + "</li>\n";
}

std::string Number(const char* what, int count) {
    return fmt::format(R"(<div class="card"><dt>{}</dt><dd>{}</dd></div>)", what, count);
}

std::string Head(const Report& report) {
    const std::string level = report.Level();
    std::string text = fmt::format(
        R"(<header class="card"><div><h1>{} {}</h1><p>Livery gateway conformance, kit {}, {}</p></div><span class="level {}">{}</span></header>)",
        Escaped(report.id), Escaped(report.version), kKitVersion, Escaped(report.date),
        level == "none" ? "failed" : "passed", level == "none" ? "no level" : level);
    text += "<dl>" + Number("passed", report.Count(Kind::kPassed)) +
            Number("failed", report.Count(Kind::kFailed)) +
            Number("not applicable", report.Count(Kind::kNotApplicable));
    if (report.Count(Kind::kNotImplemented) > 0)
        text += Number("not implemented", report.Count(Kind::kNotImplemented));
    return text + fmt::format(R"(</dl><p>SHA-256 of the file<br><span class="hash">{}</span></p>)",
                              Escaped(report.sha256));
}

}  // namespace

std::string ToPage(const Report& report) {
    std::string text = fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<title>{} {}: {}</title><style>{}"
        "</style></head>\n<body><main>",
        Escaped(report.id), Escaped(report.version), report.Level(), kStyle);
    text += Head(report);
    text +=
        "<p>L1 sells; L2 is resilient: also when lines break, processes end and others misbehave; "
        "L3 is complete: kept methods and reconciliation too.</p>\n";
    std::string_view group;
    for (const Line& line : report.lines) {
        if (line.check->group != group) {
            if (!group.empty()) text += "</ol>\n";
            group = line.check->group;
            text += fmt::format("<h2>{}</h2><ol class=\"card\">\n", WordsOf(group));
        }
        text += Item(line);
    }
    return text + (group.empty() ? "" : "</ol>") + "</main></body></html>\n";
}

}  // namespace livery::conformance
