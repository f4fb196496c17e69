#include "view/template_library.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include <livery/check.h>

#include "log/log.h"
#include "view/template_text.h"

namespace livery::view {

namespace fs = std::filesystem;

namespace {

std::string ReadFile(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::string> NamesIn(const fs::path& folder, const std::string& ending) {
    std::vector<std::string> names;
    if (!fs::is_directory(folder)) return names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string file = entry.path().filename().string();
        if (file.ends_with(ending)) names.push_back(file.substr(0, file.size() - ending.size()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

using Kind = TemplateLibrary::Kind;

std::string EndingOf(Kind kind) {
    switch (kind) {
        case Kind::kPage:
            return ".mustache";
        case Kind::kHtmlMail:
            return ".html.mustache";
        case Kind::kTextMail:
            return ".txt.mustache";
    }
    return "";
}

std::string LayoutOf(const TemplateLibrary::Name& name) {
    return (name.kind == Kind::kPage ? name.layout : "mail/layout") + EndingOf(name.kind);
}

// In a mail, `letter.text` is the text `text` of that very mail: one letter for all of them.
std::string TextKey(const TemplateLibrary::Name& name, std::string_view key) {
    constexpr std::string_view kLetter = "letter.";
    if (name.kind == Kind::kPage || !key.starts_with(kLetter)) return std::string(key);
    return fmt::format("mail.{}.{}", name.page, key.substr(kLetter.size()));
}

PreparedTemplate Named(PreparedTemplate prepared, const fs::path& file) {
    for (std::string& problem : prepared.problems) problem = file.string() + ": " + problem;
    return prepared;
}

// What is wrong with it, once it is parsed as well.
std::vector<std::string> Parsed(const PreparedTemplate& prepared, Kind kind,
                                const std::optional<fs::path>& file) {
    if (!prepared.problems.empty()) return prepared.problems;
    try {
        CompiledTemplate parsed(prepared.source, kind != Kind::kTextMail);
    } catch (const std::invalid_argument& error) {
        return {file->string() + ": " + error.what()};
    }
    return {};
}

}  // namespace

TemplateLibrary::TemplateLibrary(ThemeMap themes, std::map<std::string, fs::path> plugins,
                                 config::Problems& problems, Strictness strictness)
    : themes_(std::move(themes)), plugins_(std::move(plugins)), strictness_(strictness) {
    const auto load = [&](const std::string& owner, const fs::path& folder) {
        for (const std::string& language : NamesIn(folder, ".yaml")) {
            const fs::path file = folder / (language + ".yaml");
            catalogs_[{owner, language}] = TextCatalog::Load(file, problems);
        }
    };
    if (const auto base = themes_.find("default"); base != themes_.end()) {
        load("", base->second.folders.front() / "locale");
    }
    for (const auto& [id, folder] : plugins_) load(id, folder / "locale");
}

std::shared_ptr<const TextCatalog> TemplateLibrary::Catalog(const std::string& plugin,
                                                            const std::string& language) const {
    const auto found = catalogs_.find({plugin, language});
    return found == catalogs_.end() ? TextCatalog::Empty() : found->second;
}

Texts TemplateLibrary::TextsOf(const std::string& plugin, const std::string& language) const {
    return {Catalog(plugin, language), Catalog(plugin, "en"), Catalog("", language),
            Catalog("", "en")};
}

std::vector<std::string> TemplateLibrary::Languages() const {
    std::vector<std::string> languages;
    for (const auto& [key, catalog] : catalogs_) {
        if (key.first.empty()) languages.push_back(key.second);
    }
    return languages;
}

std::optional<fs::path> TemplateLibrary::FileOf(const Name& name) const {
    const std::string file = name.page + EndingOf(name.kind);
    const fs::path below = name.kind == Kind::kPage ? fs::path(file) : fs::path("mail") / file;
    const Theme& theme = themes_.at(name.theme);
    if (name.plugin.empty()) return theme.Find("pages" / below);
    if (auto own = theme.Find(fs::path("plugins") / name.plugin / below)) return own;
    const auto plugin = plugins_.find(name.plugin);
    if (plugin == plugins_.end()) return std::nullopt;
    const fs::path file_of_plugin = plugin->second / "templates" / below;
    if (fs::is_regular_file(file_of_plugin)) return file_of_plugin;
    if (name.kind == Kind::kPage) return theme.Find("pages" / below);  // such as the form
    return theme.Find("mail/letter" + EndingOf(name.kind));
}

// Good for as long as the name and the texts are.
TemplateParts TemplateLibrary::PartsOf(const Name& name, const Texts& texts) const {
    return {[this, &name](std::string_view partial) -> std::optional<std::string> {
                const auto file =
                    themes_.at(name.theme)
                        .Find(fs::path("partials") / (std::string(partial) + ".mustache"));
                if (!file) return std::nullopt;
                return ReadFile(*file);
            },
            [&name, &texts](std::string_view key) -> std::optional<std::string> {
                const std::string* text = texts.Find(TextKey(name, key));
                if (text == nullptr) return std::nullopt;
                return *text;
            }};
}

PreparedTemplate TemplateLibrary::Prepare(const Name& name) const {
    const auto page = FileOf(name);
    const auto layout = themes_.at(name.theme).Find(LayoutOf(name));
    if (!page || !layout) return {"", {"the template or its layout is missing"}};
    const Texts texts = TextsOf(name.plugin, name.language);
    return Named(PrepareTemplate(ReadFile(*layout), ReadFile(*page), PartsOf(name, texts),
                                 name.kind != Kind::kTextMail),
                 *page);
}

std::vector<std::string> TemplateLibrary::Check(const Name& name) const {
    return Parsed(Prepare(name), name.kind, FileOf(name));
}

std::vector<std::string> TemplateLibrary::CheckLayout(const Name& name) const {
    const auto layout = themes_.at(name.theme).Find(LayoutOf(name));
    if (!layout) return {LayoutOf(name) + " is missing"};
    const Texts texts = TextsOf("", name.language);
    // A tag where the page will be, so that what must not stand before one is found.
    return Parsed(
        Named(PrepareTemplate(ReadFile(*layout), "{{content}}", PartsOf(name, texts)), *layout),
        name.kind, layout);
}

std::vector<std::string> TemplateLibrary::CheckAlone(const Name& name) const {
    const auto page = FileOf(name);
    if (!page) return {"the template is missing"};
    const Texts texts = TextsOf(name.plugin, name.language);
    return Parsed(Named(PrepareTemplate("", ReadFile(*page), PartsOf(name, texts)), *page),
                  name.kind, page);
}

std::shared_ptr<const CompiledTemplate> TemplateLibrary::Get(const Name& name) const {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = compiled_.find(name); found != compiled_.end()) return found->second;
    }
    const PreparedTemplate source = Prepare(name);
    LIVERY_CHECK(source.problems.empty(),
                 fmt::format("template {}/{} in {}: {}", name.plugin, name.page, name.theme,
                             fmt::join(source.problems, "; ")));
    auto made =
        std::make_shared<const CompiledTemplate>(source.source, name.kind != Kind::kTextMail);
    const std::lock_guard lock(mutex_);
    return compiled_.emplace(name, std::move(made)).first->second;
}

std::string TemplateLibrary::Render(const Name& name, const ViewModel& base,
                                    const ViewModel& model) const {
    constexpr std::size_t kUsualPage = 24 * 1024;
    std::string out;
    out.reserve(kUsualPage);
    Get(name)->Render(base, model, out);
    if (strict()) RenderEverywhere(name, base, model);
    return out;
}

void TemplateLibrary::RenderEverywhere(Name name, const ViewModel& base,
                                       const ViewModel& model) const {
    const std::string shown = name.plugin + "/" + name.page;
    {
        const std::lock_guard lock(mutex_);
        if (shown_.insert(shown).second)
            log::Write(log::Level::kInfo, "template.shown", {{"template", shown}});
    }
    for (const auto& [theme, unused] : themes_) {
        for (const std::string& language : Languages()) {
            name.theme = theme;
            name.language = language;
            std::string out;
            std::vector<std::string> unknown;
            Get(name)->Render(base, model, out, &unknown);
            LIVERY_CHECK(unknown.empty(),
                         fmt::format("template {} shows `{}` in {}, which its model does not have",
                                     shown, unknown.empty() ? "" : unknown.front(), theme));
        }
    }
}

std::vector<std::string> TemplateLibrary::PagesOf(const std::string& plugin) const {
    if (!plugin.empty()) return NamesIn(plugins_.at(plugin) / "templates", ".mustache");
    return NamesIn(themes_.at("default").folders.front() / "pages", ".mustache");
}

std::vector<std::string> TemplateLibrary::MailsOf(const std::string& plugin) const {
    constexpr std::string_view kMail = "mail.";
    constexpr std::string_view kSubject = ".subject";
    std::vector<std::string> names;
    if (plugin.empty()) return names;
    for (const auto& [key, text] : Catalog(plugin, "en")->texts()) {
        if (key.size() <= kMail.size() + kSubject.size()) continue;
        if (!key.starts_with(kMail) || !key.ends_with(kSubject)) continue;
        names.push_back(key.substr(kMail.size(), key.size() - kMail.size() - kSubject.size()));
    }
    return names;
}

void TemplateLibrary::CheckAll(config::Problems& problems) const {
    std::vector<std::string> owners{""};
    for (const auto& [id, folder] : plugins_) owners.push_back(id);
    std::set<std::string> told;
    const auto tell = [&](const Name& name, const std::vector<std::string>& wrong) {
        for (const std::string& text : wrong) {
            if (told.insert(text).second)
                problems.Add("themes/" + name.theme, {}, name.language, text);
        }
    };
    for (const auto& [theme, unused] : themes_) {
        for (const std::string& language : Languages()) {
            for (const std::string_view layout : {kPortalLayout, kConsoleLayout}) {
                const Name name{theme, language, "", "", Kind::kPage, std::string(layout)};
                tell(name, CheckLayout(name));
            }
            for (const std::string& owner : owners) {
                for (const auto& page : PagesOf(owner)) {
                    const Name name{theme, language, owner, page, Kind::kPage};
                    tell(name, CheckAlone(name));
                }
                for (const auto& mail : MailsOf(owner)) {
                    for (const Kind kind : {Kind::kHtmlMail, Kind::kTextMail}) {
                        const Name name{theme, language, owner, mail, kind};
                        tell(name, Check(name));
                    }
                }
            }
        }
    }
}

}  // namespace livery::view
