#include "tenancy/tenant_config.h"

#include <fmt/format.h>

#include <livery/money/currency.h>

#include "view/color.h"
#include "view/icu_formatter.h"

namespace livery::tenancy {

namespace {

using Wrong = std::optional<std::string>;

Wrong CheckColor(const std::string& text) {
    const bool hex = text.size() == 7 && text[0] == '#' &&
                     text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
    if (hex) return std::nullopt;
    return fmt::format("`{}` is no colour; write it as \"#1A6FB5\", in quotes", text);
}

Wrong CheckMailAddress(const std::string& text) {
    const auto at = text.find('@');
    const bool fine = at != std::string::npos && at > 0 &&
                      text.find('@', at + 1) == std::string::npos &&
                      text.find('.', at) != std::string::npos &&
                      text.find_first_of(" \t\r\n<>,;") == std::string::npos;
    if (fine) return std::nullopt;
    return fmt::format("`{}` is no e-mail address", text);
}

Wrong CheckHost(const std::string& text) {
    const bool fine =
        !text.empty() && text.size() <= 253 && text.front() != '.' && text.back() != '.' &&
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
    if (fine) return std::nullopt;
    return fmt::format("`{}` is no host name; lower case, no port, no scheme", text);
}

Wrong CheckCurrency(const std::string& text) {
    if (Currency::Parse(text)) return std::nullopt;
    return fmt::format("`{}` is no ISO 4217 code; write it like EUR", text);
}

Wrong CheckLocale(const std::string& text) {
    if (view::IsKnownLocale(text)) return std::nullopt;
    return fmt::format("`{}` is no locale; write language and country like de-DE", text);
}

Wrong CheckTimeZone(const std::string& text) {
    if (view::IsKnownTimeZone(text)) return std::nullopt;
    return fmt::format("`{}` is no IANA time zone; write it like Europe/Berlin", text);
}

// A name inside the tenant's folder; no way out of it.
Wrong CheckFileName(const std::string& text) {
    if (!text.empty() && text.front() != '.' && text.find('/') == std::string::npos)
        return std::nullopt;
    return fmt::format("`{}` must be the name of a file in the tenant's folder", text);
}

Wrong CheckLink(const std::string& text) {
    if (text.starts_with("https://") || (text.starts_with("/") && !text.starts_with("//")))
        return std::nullopt;
    return fmt::format("`{}` must begin with https:// or /", text);
}

}  // namespace

const config::ObjectSchema<LogoConfig>& LogoConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<LogoConfig>("Logo files in the tenant's folder (SVG)")
            .Required("light", &LogoConfig::light, "On light backgrounds", {.check = CheckFileName})
            .Optional("dark", &LogoConfig::dark, "On dark backgrounds; without it `light`",
                      {.check = CheckFileName});
    return schema;
}

const config::ObjectSchema<ColorConfig>& ColorConfig::Schema() {
    constexpr const char* kPattern = "^#[0-9A-Fa-f]{6}$";
    static const auto schema =
        config::ObjectSchema<ColorConfig>(
            "Brand colours; lightness is adjusted where contrast needs it")
            .Required("primary", &ColorConfig::primary, "Buttons, links, marks",
                      {.pattern = kPattern, .check = CheckColor})
            .Required("accent", &ColorConfig::accent, "Second colour",
                      {.pattern = kPattern, .check = CheckColor})
            .Optional("surface", &ColorConfig::surface, "Page background in light mode",
                      {.pattern = kPattern, .check = CheckColor})
            .Optional("text", &ColorConfig::text, "Text in light mode",
                      {.pattern = kPattern, .check = CheckColor});
    return schema;
}

const config::ObjectSchema<BrandConfig>& BrandConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<BrandConfig>("How the tenant looks")
            .Required("logo", &BrandConfig::logo, "Logo")
            .Required("favicon", &BrandConfig::favicon, "Icon of the browser's tab (SVG)",
                      {.check = CheckFileName})
            .Required("color", &BrandConfig::color, "Colours")
            .Optional("radius", &BrandConfig::radius, "Shape of corners",
                      {.one_of = {"theme", "none", "sm", "md", "lg", "pill"}})
            .Optional("density", &BrandConfig::density, "Room between things",
                      {.one_of = {"theme", "comfortable", "compact"}})
            .Optional("contrast", &BrandConfig::contrast,
                      "What happens to a colour that cannot be read: fix moves its lightness, "
                      "strict refuses it",
                      {.one_of = {"fix", "strict"}});
    return schema;
}

const config::ObjectSchema<MailConfig>& MailConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<MailConfig>("Mail to subscribers")
            .Required("from", &MailConfig::from, "Sender's address; its name is the tenant's",
                      {.check = CheckMailAddress})
            .Optional("reply_to", &MailConfig::reply_to, "Where answers go",
                      {.check = CheckMailAddress});
    return schema;
}

const config::ObjectSchema<LegalLinkConfig>& LegalLinkConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<LegalLinkConfig>("A link of the footer")
            .Required("label", &LegalLinkConfig::label,
                      "Its text by language: {en: Imprint, de: Impressum}")
            .Required("href", &LegalLinkConfig::href, "Where it leads", {.check = CheckLink});
    return schema;
}

const config::ObjectSchema<RoleConfig>& RoleConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<RoleConfig>(
            "A role of the staff, in the place of a built-in one or new")
            .Required("label", &RoleConfig::label, "Its name by language: {en: Night shift}")
            .Required("permissions", &RoleConfig::permissions,
                      "What it allows; `livery user roles` lists all that there are");
    return schema;
}

const config::ObjectSchema<StaffConfig>& StaffConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<StaffConfig>("Who works in the console")
            .Optional("roles", &StaffConfig::roles, "Roles beside the owner's, by name");
    return schema;
}

const config::ObjectSchema<TenantConfig>& TenantConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<TenantConfig>("A business that runs a portal under its own name")
            .Required("name", &TenantConfig::name, "The brand's name as subscribers read it")
            .Required("hosts", &TenantConfig::hosts,
                      "Host names of the portal; the first is used in mails", {.check = CheckHost})
            .Optional("theme", &TenantConfig::theme, "Folder below themes/")
            .Required("locales", &TenantConfig::locales,
                      "Languages with country, the default first", {.check = CheckLocale})
            .Required("time_zone", &TenantConfig::time_zone, "IANA time zone of its days",
                      {.check = CheckTimeZone})
            .Required("currency", &TenantConfig::currency, "ISO 4217 code",
                      {.pattern = "^[A-Z]{3}$", .check = CheckCurrency})
            .Required("support_email", &TenantConfig::support_email,
                      "Where subscribers find a person", {.check = CheckMailAddress})
            .Optional("mode", &TenantConfig::mode,
                      "live; or, with play money: demo, whose provider `livery demo` brings, and "
                      "sandbox, with a test clock that can be moved forward",
                      {.one_of = {"live", "demo", "sandbox"}})
            .Required("brand", &TenantConfig::brand, "How it looks")
            .Required("mail", &TenantConfig::mail, "Mail to subscribers")
            .Optional("legal", &TenantConfig::legal, "Links of the footer")
            .Optional("staff", &TenantConfig::staff, "Who works in the console")
            .Optional("gateways", &TenantConfig::gateways, "Connections to providers")
            .Optional("plugins", &TenantConfig::plugins,
                      "Features that are on, each with its settings");
    return schema;
}

}  // namespace livery::tenancy
