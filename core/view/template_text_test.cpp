#include "view/template_text.h"

#include <gtest/gtest.h>

#include "view/compiled_template.h"

namespace livery::view {
namespace {

TemplateParts Parts() {
    return {[](std::string_view name) -> std::optional<std::string> {
                if (name == "badge") return "<b>{{state}}</b>";
                if (name == "loop") return "{{> loop}}";
                if (name == "explosion") return "{{> explosion}}{{> explosion}}{{> explosion}}";
                if (name == "brace") return "{";
                return std::nullopt;
            },
            [](std::string_view key) -> std::optional<std::string> {
                if (key == "greeting") return "Tom & {{Jerry}}";
                return std::nullopt;
            }};
}

std::string ProblemOf(const std::string& page) {
    const auto prepared = PrepareTemplate("", page, Parts());
    return prepared.problems.empty() ? "" : prepared.problems[0];
}

TEST(PrepareTemplate, PutsThePageIntoTheLayoutAndPartialsInPlace) {
    const auto prepared =
        PrepareTemplate("<main>\n  {{{content}}}\n</main>\n", "<p>{{> badge}}</p>\n", Parts());
    EXPECT_EQ(prepared.source, "<main><p><b>{{state}}</b></p></main>");
}

TEST(PrepareTemplate, ATextCanNeitherBeMarkupNorATag) {
    EXPECT_EQ(PrepareTemplate("", "<p>{{t.greeting}}</p>", Parts()).source,
              "<p>Tom &amp; &#123;&#123;Jerry}}</p>");
}

TEST(PrepareTemplate, KeepsTheBlankBetweenWords) {
    EXPECT_EQ(PrepareTemplate("", "<p>\n  a\n  b {{x}}\n  {{y}}</p>", Parts()).source,
              "<p> a b {{x}} {{y}}</p>");
}

TEST(PrepareTemplate, KeepsTextareasAsTheyAre) {
    EXPECT_EQ(PrepareTemplate("", "<textarea>\n {{x}}\n</textarea>\n<p>", Parts()).source,
              "<textarea>\n {{x}}\n</textarea><p>");
}

TEST(PrepareTemplate, RefusesWhatCouldHarm) {
    EXPECT_EQ(ProblemOf("{{{raw}}}"), "a raw tag: only the layout's content is raw");
    EXPECT_EQ(ProblemOf("{{&raw}}"), "a raw tag: only the layout's content is raw");
    EXPECT_EQ(ProblemOf("{{=<% %>=}}"), "the delimiters cannot be changed");
    EXPECT_EQ(ProblemOf("<a href={{x}}>"), "an attribute's value stands without quotes");
    EXPECT_EQ(ProblemOf("{{> loop}}"), "partial `loop` includes itself");
    EXPECT_EQ(ProblemOf("{{> none}}"), "partial `none` is missing");
    EXPECT_EQ(ProblemOf("{{t.none}}"), "text `none` is missing");
    EXPECT_EQ(ProblemOf("{{a.b}}"), "`a.b` is no name");
    EXPECT_EQ(ProblemOf("{{open"), "a tag is not closed");
}

TEST(PrepareTemplate, NoTagIsMadeOfHalvesThatWereNeverLookedAt) {
    EXPECT_EQ(ProblemOf("{{> brace}}{&raw}}"), "a brace stands before a tag");
    EXPECT_EQ(ProblemOf("{{> brace}}{{! between }}{{> brace}}&raw}}"),
              "a brace stands before a tag");
    EXPECT_EQ(ProblemOf("{{> brace}}{{x}}"), "a brace stands before a tag");
    EXPECT_EQ(ProblemOf("{{> brace}}x}"), "");
}

TEST(PrepareTemplate, ATextOfAPlainMailCannotBeATagEither) {
    const auto prepared = PrepareTemplate("", "Dear {{t.greeting}}", Parts(), false);
    EXPECT_EQ(prepared.problems, std::vector<std::string>{"text `greeting` holds a tag"});
}

TEST(PrepareTemplate, APartialThatMultipliesEndsSoon) {
    const auto prepared = PrepareTemplate("", "{{> explosion}}", Parts());
    EXPECT_EQ(prepared.problems.back(), "more partials than a page can need");
    EXPECT_LT(prepared.problems.size(), 1000U);
}

TEST(PrepareTemplate, RefusesSectionsThatWouldExhaustTheStack) {
    std::string page;
    for (int i = 0; i < 100'000; ++i) page += "{{#a}}";
    EXPECT_EQ(ProblemOf(page), "sections are nested too deeply");
}

std::string Render(const std::string& source, const ViewModel& page,
                   std::vector<std::string>* unknown = nullptr) {
    std::string out;
    ViewModel base;
    base.Set("brand", "Harbor");
    CompiledTemplate(source).Render(base, page, out, unknown);
    return out;
}

TEST(CompiledTemplate, ShowsRowsWithTheirOwnAndTheOuterNames) {
    ViewModel page;
    auto& rows = page.Rows("rows");
    rows.emplace_back().Set("name", "<a>").Flag("due", true);
    rows.emplace_back().Set("name", "b").Flag("due", false);
    EXPECT_EQ(
        Render("{{brand}}:{{#rows}}[{{name}}{{#due}}!{{/due}}{{^due}}?{{/due}}]{{/rows}}", page),
        "Harbor:[&lt;a&gt;!][b?]");
}

TEST(CompiledTemplate, AValueCannotBecomeMarkup) {
    ViewModel page;
    page.Set("plain", "Łódź, 12 €").Set("all", "\"a\" & <b> 'c'").Set("nothing", "");
    EXPECT_EQ(Render("{{plain}}|{{all}}|{{nothing}}|{{plain}}", page),
              "Łódź, 12 €|&quot;a&quot; &amp; &lt;b&gt; &apos;c&apos;||Łódź, 12 €");
}

TEST(CompiledTemplate, NestedListsFindTheirItems) {
    ViewModel page;
    auto& rows = page.Rows("rows");
    for (const char* name : {"x", "y"}) {
        auto& row = rows.emplace_back();
        row.Set("name", name);
        auto& below = row.Rows("below");
        below.emplace_back().Set("part", std::string(name) + "1");
        below.emplace_back().Set("part", std::string(name) + "2");
    }
    EXPECT_EQ(Render("{{#rows}}{{name}}({{#below}}{{part}} {{/below}}){{/rows}}", page),
              "x(x1 x2 )y(y1 y2 )");
}

TEST(CompiledTemplate, NamesThatAreNowhereAreReported) {
    std::vector<std::string> unknown;
    EXPECT_EQ(Render("a{{nmae}}b{{^gone}}c{{/gone}}", ViewModel(), &unknown), "abc");
    EXPECT_EQ(unknown, (std::vector<std::string>{"nmae", "gone"}));
}

TEST(CompiledTemplate, AnUnclosedSectionIsRefusedInsteadOfRenderingNothing) {
    EXPECT_THROW(CompiledTemplate("{{#a}}"), std::invalid_argument);
}

}  // namespace
}  // namespace livery::view
