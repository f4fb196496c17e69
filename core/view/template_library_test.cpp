#include "view/template_library.h"

#include <atomic>
#include <barrier>
#include <fstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <livery/check.h>

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
