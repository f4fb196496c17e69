#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "view/compiled_template.h"
#include "view/template_text.h"
#include "view/text_catalog.h"
#include "view/theme.h"

namespace livery::view {

// Every template and text of one snapshot of the house: themes and the plugins' folders. Made
// whole at start and at reload; templates are parsed when first used and kept. Thread: any.
class TemplateLibrary {
 public:
    // What a page may show that its model does not have, and say that no language has: nothing and
    // the key, or a mistake that must not pass. Strict is for tests.
    enum class Strictness { kLenient, kStrict };
    // `plugins`: id → folder with templates/ and locale/.
    TemplateLibrary(ThemeMap themes, std::map<std::string, std::filesystem::path> plugins,
                    config::Problems& problems, Strictness strictness = Strictness::kLenient);

    bool strict() const { return strictness_ == Strictness::kStrict; }

    const ThemeMap& themes() const { return themes_; }
    // The plugin "" stands for the core's own pages (`pages/` of the theme).
    Texts TextsOf(const std::string& plugin, const std::string& language) const;
    // All languages that the themes' common words exist in.
    std::vector<std::string> Languages() const;

    enum class Kind { kPage, kHtmlMail, kTextMail };
    // The files that pages stand in: the customers' and the staff's.
    static constexpr std::string_view kPortalLayout = "layout";
    static constexpr std::string_view kConsoleLayout = "console";
    struct Name {
        std::string theme;
        std::string language;
        std::string plugin;
        std::string page;
        Kind kind = Kind::kPage;
        std::string layout = std::string(kPortalLayout);  // of a page; mails have their own
        auto operator<=>(const Name&) const = default;
    };
    // The page as it is sent. When strict, it is also rendered in every other theme and language:
    // what a test sees of one brand is then known of all. Throws BrokenInvariant naming the tag.
    std::string Render(const Name& name, const ViewModel& base, const ViewModel& model) const;
    // Throws BrokenInvariant naming the file when it is missing or does not parse: Check found all
    // of these at load.
    std::shared_ptr<const CompiledTemplate> Get(const Name& name) const;
    // What Get would throw for.
    std::vector<std::string> Check(const Name& name) const;
    // The pages that a plugin brings (templates/*.mustache), and its mails: each has a text
    // `mail.<name>.subject`. A mail without templates of its own is the theme's letter with the
    // texts `mail.<name>.heading`, `.text` and `.action`.
    std::vector<std::string> PagesOf(const std::string& plugin) const;
    std::vector<std::string> MailsOf(const std::string& plugin) const;
    // Parses everything once and throws it away: what is wrong with any file. Each layout and each
    // page by itself, so a section must end in the file in which it begins.
    void CheckAll(config::Problems& problems) const;

 private:
    PreparedTemplate Prepare(const Name& name) const;
    TemplateParts PartsOf(const Name& name, const Texts& texts) const;
    std::vector<std::string> CheckAlone(const Name& name) const;
    std::vector<std::string> CheckLayout(const Name& name) const;
    void RenderEverywhere(Name name, const ViewModel& base, const ViewModel& model) const;
    std::optional<std::filesystem::path> FileOf(const Name& name) const;
    std::shared_ptr<const TextCatalog> Catalog(const std::string& plugin,
                                               const std::string& language) const;

    ThemeMap themes_;
    std::map<std::string, std::filesystem::path> plugins_;
    Strictness strictness_;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<const TextCatalog>> catalogs_;
    mutable std::mutex mutex_;  // guards compiled_ and shown_
    mutable std::map<Name, std::shared_ptr<const CompiledTemplate>> compiled_;
    mutable std::set<std::string> shown_;  // when strict: told in the log once
};

}  // namespace livery::view
