#include "view/template_library.h"

#include <atomic>
#include <barrier>
#include <fstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <livery/check.h>
#include <livery/view/list_page.h>

#include "view/icu_formatter.h"

namespace livery::view {
namespace {

namespace fs = std::filesystem;

constexpr int kThreads = 8;

// Runs `work` on many threads that begin together.
template <class Work>
void Together(Work work) {
    std::barrier begin(kThreads);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
            begin.arrive_and_wait();
            work();
        });
    }
    for (std::thread& thread : threads) thread.join();
}

class TemplateLibraryTest : public testing::Test {
 protected:
    TemplateLibrary Load() {
        return {LoadThemes(fs::path(LIVERY_SOURCE_DIR) / "themes", problems), {}, problems};
    }
    static std::string Render(const TemplateLibrary& library, const TemplateLibrary::Name& name) {
        ViewModel page;
        page.Set("title", "<Tom & Jerry>");
        std::string out;
        library.Get(name)->Render(ViewModel(), page, out);
        return out;
    }
    // To be changed; the caller's to remove.
    static fs::path CopyOfThemes() {
        std::string pattern = (fs::temp_directory_path() / "livery-themes-XXXXXX").string();
        const fs::path folder = ::mkdtemp(pattern.data());
        fs::copy(fs::path(LIVERY_SOURCE_DIR) / "themes", folder / "themes",
                 fs::copy_options::recursive);
        return folder;
    }
    static ListPage Invoices() {
        Params query;
        query.Add("sort", "-due");
        query.Add("state", "open");
        ListPage list;
        list.title = "Invoices";
        list.path = "/console/invoices";
        list.file_name = "invoices";
        list.query = ListQuery::From(query, {{"due"}, {}, {{"state", {"open"}}}});
        list.columns = {{"name", "Customer"}, {"due", "Due", true, true}};
        list.rows = {{{"<Ann>", "/console/invoices/1", "ann@x"}, {"soon", "", "", "open"}}};
        list.count = "One invoice";
        list.search = "Find";
        list.filters = {{"state", "Status", {{"", "All"}, {"open", "Open"}}}};
        list.next = "c7";
        list.action = {"New", "/console/invoices/new"};
        list.back = {"Home", "/console"};
        return list;
    }
    config::Problems problems;
};

TEST_F(TemplateLibraryTest, PagesThatManyThreadsAskForFirstAreTheSameAsOneAfterAnother) {
    const TemplateLibrary calm = Load();
    std::vector<std::pair<TemplateLibrary::Name, std::string>> expected;
    for (const char* theme : {"default", "quay"}) {
        for (const std::string& page : calm.PagesOf("")) {
            TemplateLibrary::Name name{theme, "en", "", page};
            expected.emplace_back(name, Render(calm, name));
        }
    }
    const TemplateLibrary busy = Load();
    std::atomic<int> wrong = 0;
    Together([&] {
        for (const auto& [name, page] : expected) {
            if (Render(busy, name) != page) ++wrong;
        }
    });
    EXPECT_TRUE(problems.empty()) << problems.ToString();
    EXPECT_EQ(wrong, 0);
}

TEST_F(TemplateLibraryTest, WhatOneThemeShowsIsRenderedInAllWhenStrict) {
    const fs::path folder = CopyOfThemes();
    fs::create_directories(folder / "themes/ledger/pages");
    std::ofstream(folder / "themes/ledger/pages/hello.mustache") << "<p>{{nonsense}}</p>";
    fs::create_directories(folder / "themes/default/pages");
    std::ofstream(folder / "themes/default/pages/hello.mustache") << "<p>{{title}}</p>";
    for (const char* theme : {"default", "quay", "ledger", "atelier"})
        std::ofstream(folder / "themes" / theme / "layout.mustache") << "<b>{{{content}}}</b>";
    const auto load = [&](TemplateLibrary::Strictness strictness) {
        return TemplateLibrary(LoadThemes(folder / "themes", problems), {}, problems, strictness);
    };
    ViewModel page;
    page.Set("title", "Ahoy");
    const TemplateLibrary::Name name{"quay", "en", "", "hello"};
    EXPECT_EQ(load(TemplateLibrary::Strictness::kLenient).Render(name, {}, page),
              "<b><p>Ahoy</p></b>");
    try {
        load(TemplateLibrary::Strictness::kStrict).Render(name, {}, page);
        ADD_FAILURE() << "quay is fine, but ledger is not";
    } catch (const BrokenInvariant& error) {
        EXPECT_NE(std::string(error.what()).find("/hello shows `nonsense` in ledger"),
                  std::string::npos)
            << error.what();
    }
    fs::remove_all(folder);
}

TEST_F(TemplateLibraryTest, LayoutsAndPagesAreCheckedEachByItself) {
    const fs::path folder = CopyOfThemes();
    std::ofstream(folder / "themes/quay/layout.mustache") << "{{#open}}<b>{{{content}}}</b>";
    std::ofstream(folder / "themes/ledger/layout.mustache")
        << "<b title={{{content}}}>{{t.none}}</b>";
    std::ofstream(folder / "themes/default/pages/hello.mustache") << "<p>{{/open}}</p>";
    TemplateLibrary(LoadThemes(folder / "themes", problems), {}, problems).CheckAll(problems);
    const std::string wrong = problems.ToString();
    for (const char* part :
         {"themes/quay/layout.mustache: ", "themes/default/pages/hello.mustache: ",
          "themes/ledger/layout.mustache: an attribute's value stands without quotes",
          "themes/ledger/layout.mustache: text `none` is missing"})
        EXPECT_NE(wrong.find(part), std::string::npos) << part << " in\n" << wrong;
    fs::remove_all(folder);
}

TEST_F(TemplateLibraryTest, APageStandsInTheLayoutThatItsNameSays) {
    const TemplateLibrary library = Load();
    for (const auto& [theme, unused] : library.themes()) {
        TemplateLibrary::Name name{theme, "en", "", "message"};
        const std::string of_portal = Render(library, name);
        name.layout = TemplateLibrary::kConsoleLayout;
        const std::string of_console = Render(library, name);
        EXPECT_EQ(of_portal.find("console-frame"), std::string::npos) << theme;
        const auto frame = of_console.find("console-frame");
        ASSERT_NE(frame, std::string::npos) << theme;
        EXPECT_NE(of_console.find("class=\"lone\"", frame), std::string::npos) << theme;
    }
}

TEST_F(TemplateLibraryTest, WhatIsShownInTheConsoleIsRenderedInItsLayoutOfAllThemesWhenStrict) {
    const fs::path folder = CopyOfThemes();
    std::ofstream(folder / "themes/default/pages/hello.mustache") << "<p>{{title}}</p>";
    for (const char* theme : {"default", "quay", "ledger", "atelier"})
        std::ofstream(folder / "themes" / theme / "layout.mustache") << "<b>{{{content}}}</b>";
    std::ofstream(folder / "themes/default/console.mustache") << "<i>{{{content}}}</i>";
    std::ofstream(folder / "themes/ledger/console.mustache") << "{{nonsense}}{{{content}}}";
    const TemplateLibrary library(LoadThemes(folder / "themes", problems), {}, problems,
                                  TemplateLibrary::Strictness::kStrict);
    ViewModel page;
    page.Set("title", "Ahoy");
    TemplateLibrary::Name name{"quay", "en", "", "hello"};
    EXPECT_EQ(library.Render(name, {}, page), "<b><p>Ahoy</p></b>");
    name.layout = TemplateLibrary::kConsoleLayout;
    EXPECT_THROW(library.Render(name, {}, page), BrokenInvariant);
    std::string out;
    library.Get(name)->Render({}, page, out);
    EXPECT_EQ(out, "<i><p>Ahoy</p></i>");
    fs::remove_all(folder);
}

TEST_F(TemplateLibraryTest, ALayoutOfTheConsoleIsCheckedInEveryTheme) {
    const fs::path folder = CopyOfThemes();
    std::ofstream(folder / "themes/quay/console.mustache") << "{{#open}}<b>{{{content}}}</b>";
    TemplateLibrary(LoadThemes(folder / "themes", problems), {}, problems).CheckAll(problems);
    const std::string wrong = problems.ToString();
    EXPECT_NE(wrong.find("themes/quay/console.mustache: "), std::string::npos) << wrong;
    EXPECT_EQ(wrong.find("themes/default/console.mustache"), std::string::npos) << wrong;
    fs::remove(folder / "themes/quay/console.mustache");
    fs::remove(folder / "themes/default/console.mustache");
    config::Problems missing;
    TemplateLibrary(LoadThemes(folder / "themes", missing), {}, missing).CheckAll(missing);
    EXPECT_NE(missing.ToString().find("console.mustache is missing"), std::string::npos)
        << missing.ToString();
    fs::remove_all(folder);
}

// What the page's model calls a thing and what the theme's template does.
TEST_F(TemplateLibraryTest, AListIsShownAsItSays) {
    ListPage list = Invoices();
    const TemplateLibrary library = Load();
    const auto show = [&] {
        std::string out;
        library.Get({"default", "en", "", "list"})->Render({}, ToView(list).model, out);
        return out;
    };
    for (const char* part :
         {"<h1>Invoices</h1><p class=\"muted\">One invoice</p>", "href=\"/console/invoices/new\"",
          "<label for=\"q\">Find</label>", "name=\"sort\" value=\"-due\"",
          "href=\"/console/invoices?state=open&amp;sort=-due\" aria-current=\"true\">Open",
          "class=\"num\" aria-sort=\"descending\"><a "
          "href=\"/console/invoices?state=open&amp;sort=due\"",
          "<th scope=\"row\"><div class=\"cell\"><a href=\"/console/invoices/1\">", "&lt;Ann&gt;",
          "<bdi>ann@x</bdi>", "<td data-label=\"Due\" class=\"num\">", "class=\"badge badge-open\"",
          "sort=-due&amp;after=c7\"", "sort=-due&amp;format=csv\""})
        EXPECT_NE(show().find(part), std::string::npos) << part << " in\n" << show();
    list.rows.clear();
    EXPECT_NE(show().find("Nothing matches"), std::string::npos) << show();
    list.query = {};
    list.empty = "None yet.";
    EXPECT_NE(show().find("<p>None yet.</p>"), std::string::npos) << show();
    EXPECT_EQ(show().find("Nothing matches"), std::string::npos) << show();
}

TEST_F(TemplateLibraryTest, AFormatterIsSharedByThreadsThatFormatDifferently) {
    const TemplateLibrary library = Load();
    const IcuFormatter german("de-DE", "Europe/Berlin", library.TextsOf("", "de"));
    const IcuFormatter english("en-US", "America/New_York", library.TextsOf("", "en"));
    std::atomic<int> wrong = 0;
    Together([&] {
        for (int i = 0; i < 50; ++i) {
            if (german.Number(1234567) != "1.234.567") ++wrong;
            if (english.Number(1234567) != "1,234,567") ++wrong;
        }
    });
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace livery::view
