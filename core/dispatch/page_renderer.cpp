#include "dispatch/page_renderer.h"

#include <chrono>

#include <fmt/format.h>

#include <livery/card_number.h>
#include <livery/check.h>
#include <livery/realm.h>

#include "dispatch/access_rules.h"

namespace livery::dispatch {

namespace {

// The first letters of the first and the last word, for a picture without a picture.
std::string Initials(const std::string& name) {
    const auto first_letter = [&](std::size_t at) {
        std::size_t size = 1;
        while (at + size < name.size() &&
               (static_cast<unsigned char>(name[at + size]) & 0xC0U) == 0x80U)
            ++size;
        return name.substr(at, size);
    };
    if (name.empty()) return "";
    const auto space = name.rfind(' ');
    std::string initials = first_letter(0);
    if (space != std::string::npos && space + 1 < name.size()) initials += first_letter(space + 1);
    return initials;
}

void AddLanguages(const PageFrame& frame, ViewModel& base) {
    const auto& locales = frame.site.tenant.locales;
    auto& rows = base.Rows("languages", locales.size());
    for (const std::string& locale : locales) {
        rows.emplace_back()
            .Set("code", locale)
            .Set("label", view::LanguageName(locale))
            .Flag("current", locale == frame.format.locale());
    }
    base.Flag("has_languages", locales.size() > 1);
}

void AddLegal(const PageFrame& frame, ViewModel& base) {
    const std::string language(frame.format.language());
    auto& rows = base.Rows("legal_links", frame.site.legal.size());
    for (const tenancy::LegalLink& link : frame.site.legal) {
        const auto own = link.label.find(language);
        const auto& label = own == link.label.end() ? link.label.begin()->second : own->second;
        rows.emplace_back().Set("label", label).Set("href", link.href);
    }
    base.Flag("has_legal", !frame.site.legal.empty());
}

void AddErrors(const View& view, ViewModel& base) {
    auto& rows = base.Rows("errors", view.errors.size());
    for (const View::ShownError& error : view.errors) {
        rows.emplace_back().Set("href", "#" + error.field).Set("text", error.text);
    }
    base.Flag("has_errors", !view.errors.empty()).Flag("error_prefix", !view.errors.empty());
}

void AddVisitor(const PageFrame& frame, ViewModel& base) {
    const bool signed_in = frame.session != nullptr && frame.session->stage == Stage::kWhole;
    base.Flag("signed_in", signed_in);
    const Visitor none;
    const Visitor& visitor = signed_in ? frame.session->visitor : none;
    base.Set("user_name", visitor.display_name)
        .Set("user_email", visitor.email)
        .Set("user_initials", Initials(visitor.display_name));
}

void AddBrand(const PageFrame& frame, ViewModel& base) {
    const tenancy::Site& site = frame.site;
    const auto& assets = frame.house.assets.at(site.theme);
    base.Set("brand_name", site.tenant.name)
        .Set("logo_url", site.logo_url)
        .Set("logo_dark_url", site.logo_dark_url)
        .Set("favicon_url", site.favicon_url)
        .Set("theme_css_url", site.tokens_css_url)
        .Set("base_css_url", assets.base_css_url)
        .Set("skin_css_url", assets.skin_css_url)
        .Flag("has_skin", !assets.skin_css_url.empty())
        .Set("icons_url", assets.icons_url)
        .Set("support_email", site.tenant.support_email)
        .Flag("has_support", true);
}

// The page itself or one below it; everything is below a home, which is only itself.
bool IsUnder(const std::string& path, const std::string& href) {
    if (href.empty()) return false;
    return href == "/" || href == kConsolePath ? path == href
                                               : path == href || path.starts_with(href + "/");
}

}  // namespace

void PageRenderer::AddNavigation(const PageFrame& frame, ViewModel& base) const {
    const std::string language(frame.format.language());
    const Tenant& tenant = frame.site.tenant;
    const std::string& path = frame.request.path;
    const Realm realm = RealmOf(path);
    auto& rows = base.Rows("nav", nav_.size());
    for (const auto& owned : nav_) {
        const std::string& href = owned.item.href;
        const std::string& wanted = owned.item.permission;
        if (!tenant.Enables(owned.plugin) || RealmOf(href) != realm) continue;
        if (!wanted.empty() && (frame.session == nullptr ||
                                !Allows(tenant.roles, frame.session->visitor.roles, wanted)))
            continue;
        const bool current = IsUnder(path, href) || IsUnder(path, owned.item.also);
        const auto texts = frame.house.templates->TextsOf(owned.plugin, language);
        const std::string* label = texts.Find(owned.item.label);
        rows.emplace_back()
            .Set("label", label == nullptr ? owned.item.label : *label)
            .Set("href", href)
            .Set("icon", owned.item.icon)
            .Flag("current", current);
    }
}

ViewModel PageRenderer::BaseModel(const PageFrame& frame, const View& view) const {
    ViewModel base;
    AddBrand(frame, base);
    AddVisitor(frame, base);
    AddNavigation(frame, base);
    AddLanguages(frame, base);
    AddLegal(frame, base);
    AddErrors(view, base);
    const std::chrono::year_month_day today(frame.format.DayOf(frame.now));
    base.Set("lang", frame.format.language())
        .Set("dir", frame.format.right_to_left() ? "rtl" : "ltr")
        .Set("page_title", view.title)
        .Set("home_href", HomeOf(RealmOf(frame.request.path)))
        .Set("color_scheme", frame.color_scheme)
        .Flag("scheme_auto", frame.color_scheme == "auto")
        .Flag("scheme_light", frame.color_scheme == "light")
        .Flag("scheme_dark", frame.color_scheme == "dark")
        .Set("csrf_token", frame.csrf_token)
        .Flag("has_notice", !frame.notice.empty())
        .Set("notice_text", frame.notice)
        .Flag("notice_ok", true)
        .Flag("notice_bad", false)
        .Set("year", fmt::format("{}", static_cast<int>(today.year())))
        .Set("request_id", frame.request.request_id)
        // Where the footer's forms lead back to: no page repeats what it would not take.
        .Set("path", livery::HoldsCardNumber(frame.request.path) ? "/" : frame.request.path);
    return base;
}

std::string PageRenderer::Render(const PageFrame& frame, const std::string& plugin,
                                 const View& view) const {
    view::TemplateLibrary::Name name{frame.site.theme, std::string(frame.format.language()), plugin,
                                     view.template_name};
    if (RealmOf(frame.request.path) == Realm::kConsole)
        name.layout = view::TemplateLibrary::kConsoleLayout;
    return frame.house.templates->Render(name, BaseModel(frame, view), view.model);
}

}  // namespace livery::dispatch
