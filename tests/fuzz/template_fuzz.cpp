// Templates: the text of a page → prepared → parsed → rendered with a fixed model.

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "require.h"
#include "view/compiled_template.h"
#include "view/template_text.h"

namespace livery::fuzz {
namespace {

// Every value and every text holds this; no template may (Check leaves those out).
constexpr std::string_view kMark = "Zq";
constexpr const char* kValue = "a<Zq>&\"Zq'Zq{{{raw}}}{{&raw}}";

view::TemplateParts Parts() {
    return {[](std::string_view name) -> std::optional<std::string> {
                if (name == "badge") return "<b class=\"{{text}}\">{{#on}}{{text}}{{/on}}</b>";
                if (name == "brace") return "{";
                if (name == "close") return "}}";
                if (name == "equals") return "x=";
                if (name == "loop") return "{{> loop}}{{> loop}}";
                if (name == "open") return "{{#on}}";
                return std::nullopt;
            },
            [](std::string_view key) -> std::optional<std::string> {
                if (key == "text") return kValue;
                if (key == "brace") return "{";
                return std::nullopt;
            }};
}

ViewModel Model() {
    ViewModel model;
    model.Set("text", kValue).Set("empty", "").Flag("on", true).Flag("off", false);
    for (int i = 0; i < 2; ++i) {
        ViewModel& row = model.Rows("rows").emplace_back();
        row.Set("text", kValue).Set("name", kValue).Flag("on", i == 0);
        row.Rows("rows").emplace_back().Set("name", kValue);
    }
    return model;
}

bool IsNameOrSection(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("_#^/").find(c) != std::string_view::npos;
}

// Nothing reaches the engine but names and sections: no raw tag, no partial, no new delimiters.
void RequireHarmless(std::string_view source) {
    for (auto at = source.find("{{"); at != source.npos; at = source.find("{{", at + 2)) {
        Require(at + 2 < source.size() && IsNameOrSection(source[at + 2]), "only names are tags");
    }
}

void RequireEscaped(std::string_view page) {
    for (const char* raw : {"<Zq", "\"Zq", "'Zq"}) {
        Require(page.find(raw) == page.npos, "a value is escaped");
    }
}

void CheckRendering(const std::string& source, bool html) {
    std::string page;
    std::vector<std::string> unknown;
    try {
        const view::CompiledTemplate compiled(source, html);
        compiled.Render(ViewModel(), Model(), page, &unknown);
        std::string again;
        compiled.Render(ViewModel(), Model(), again);
        Require(page == again, "renders the same again");
    } catch (const std::invalid_argument&) {
        return;  // not well formed: the documented answer
    }
    for (const std::string& name : unknown) {
        Require(!name.empty() && Model().Find(name) == nullptr, "unknown is what the model lacks");
    }
    if (html) RequireEscaped(page);
}

void Check(const std::string& layout, const std::string& page, bool html) {
    const auto prepared = view::PrepareTemplate(layout, page, Parts(), html);
    if (!prepared.problems.empty()) return;
    RequireHarmless(prepared.source);
    if (html) {
        const auto again = view::PrepareTemplate("", prepared.source, Parts(), html);
        Require(again.problems.empty() && again.source == prepared.source,
                "preparing again changes nothing");
    }
    CheckRendering(prepared.source, html);
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace fuzz = livery::fuzz;
    const std::string page(fuzz::TextOf(data, size));
    if (page.find(fuzz::kMark) != std::string::npos) return 0;
    fuzz::Check("", page, true);
    if (page.find("t.text") == std::string::npos) fuzz::Check("", page, false);
    fuzz::Check("<main>{{text}}\n{{{content}}}\n</main>{{> badge}}", page, true);
    fuzz::Check(page, "<p>{{text}}</p>", true);
    return 0;
}
