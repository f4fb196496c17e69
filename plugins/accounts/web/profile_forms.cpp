#include "web/profile_forms.h"

#include <algorithm>
#include <array>

namespace livery::accounts {

namespace {

using Kind = FormField::Kind;
using Option = FormField::Option;

constexpr std::array<std::string_view, 20> kZones{"UTC",
                                                  "Europe/London",
                                                  "Europe/Dublin",
                                                  "Europe/Lisbon",
                                                  "Europe/Berlin",
                                                  "Europe/Madrid",
                                                  "Europe/Paris",
                                                  "Europe/Vienna",
                                                  "Europe/Zurich",
                                                  "Europe/Athens",
                                                  "Africa/Cairo",
                                                  "Asia/Riyadh",
                                                  "Asia/Dubai",
                                                  "Asia/Kolkata",
                                                  "America/New_York",
                                                  "America/Chicago",
                                                  "America/Denver",
                                                  "America/Los_Angeles",
                                                  "America/Mexico_City",
                                                  "Australia/Sydney"};

constexpr std::array<std::string_view, 16> kCountries{
    "AE", "AT", "BE", "CH", "DE", "DK", "ES", "FR", "GB", "IE", "IT", "MX", "NL", "PL", "SA", "US"};

std::vector<Option> ZoneOptions(const RequestContext& r) {
    std::vector<Option> options{{r.tenant().time_zone, r.tenant().time_zone}};
    for (const auto zone : kZones) {
        if (zone != r.tenant().time_zone) options.push_back({std::string(zone), std::string(zone)});
    }
    return options;
}

// The country that a new address is most likely in: the region of the person's locale, else of the
// tenant's.
std::string LikelyCountry(const RequestContext& r) {
    for (const std::string& locale : {ShownLocale(r), r.tenant().locales.front()}) {
        std::string region = locale.substr(locale.rfind('-') + 1);
        if (std::find(kCountries.begin(), kCountries.end(), region) != kCountries.end())
            return region;
    }
    return "";
}

FormPage::Link Back(const RequestContext& r) {
    return {r.format().Text("profile.title"), "/profile"};
}

}  // namespace

std::string ShownLocale(const RequestContext& r) {
    const auto& locales = r.tenant().locales;
    const auto same = std::find_if(locales.begin(), locales.end(), [&](const std::string& locale) {
        return locale.starts_with(r.format().language());
    });
    return same == locales.end() ? locales.front() : *same;
}

bool IsOfferedZone(const RequestContext& r, std::string_view zone) {
    return zone == r.tenant().time_zone ||
           std::find(kZones.begin(), kZones.end(), zone) != kZones.end();
}

FormPage PreferencesForm(const RequestContext& r, const PreferenceValues& values) {
    const Formatter& t = r.format();
    FormPage form{t.Text("preferences.title"), "", "/profile/preferences", t.Text("form.save"), {}};
    std::vector<Option> locales;
    for (const std::string& locale : r.tenant().locales)
        locales.push_back({locale, t.Text("language." + locale.substr(0, locale.find('-')))});
    std::vector<Option> schemes;
    for (const char* scheme : {"auto", "light", "dark"})
        schemes.push_back({scheme, t.Text(std::string("scheme.") + scheme)});
    form.fields = {
        {"name", t.Text("field.name"), values.name, Kind::kText, "", "name"},
        {"language", t.Text("field.language"), values.locale, Kind::kSelect, "", "", locales},
        {"time_zone", t.Text("field.time_zone"), values.time_zone, Kind::kSelect, "", "",
         ZoneOptions(r)},
        {"scheme", t.Text("field.scheme"), values.scheme, Kind::kSelect, "", "", schemes}};
    form.back = Back(r);
    return form;
}

FormPage EmailForm(const RequestContext& r) {
    const Formatter& t = r.format();
    FormPage form{t.Text("email.title"),
                  t.Text("email.intro", {{"email", r.visitor().email}}),
                  "/profile/email",
                  t.Text("email.submit"),
                  {}};
    form.fields = {
        {"email", t.Text("field.new_email"), std::string(r.Form("email")), Kind::kEmail, "",
         "email"},
        {"current", t.Text("field.current_password"), "", Kind::kPassword, "", "current-password"}};
    form.back = Back(r);
    return form;
}

FormPage PasswordForm(const RequestContext& r, const Door& door) {
    const Formatter& t = r.format();
    FormPage form{t.Text("password.title"),
                  t.Text("password.intro"),
                  door.password,
                  t.Text("password.submit"),
                  {}};
    form.fields = {
        {"current", t.Text("field.current_password"), "", Kind::kPassword, "", "current-password"},
        {"password", t.Text("field.new_password"), "", Kind::kPassword,
         t.Text("field.password_hint"), "new-password"}};
    form.back =
        door.IsConsole() ? FormPage::Link{t.Text("security.title"), door.security} : Back(r);
    return form;
}

FormPage AddressForm(const RequestContext& r, const Address& a) {
    const Formatter& t = r.format();
    const std::string path =
        a.id.IsNil() ? "/profile/addresses/new" : "/profile/addresses/" + a.id.ToString();
    FormPage form{
        t.Text(a.id.IsNil() ? "address.new" : "address.edit"), "", path, t.Text("form.save"), {}};
    const bool is_new = a.id.IsNil() && a.country.empty();
    std::vector<Option> countries;
    for (const auto code : kCountries)
        countries.push_back({std::string(code), t.Text("country." + std::string(code))});
    form.fields = {
        {"label",
         t.Text("field.label"),
         a.label,
         Kind::kText,
         t.Text("field.label_hint"),
         "",
         {},
         false},
        {"line1", t.Text("field.line1"), a.line1, Kind::kText, "", "address-line1"},
        {"line2", t.Text("field.line2"), a.line2, Kind::kText, "", "address-line2", {}, false},
        {"postal_code", t.Text("field.postal_code"), a.postal_code, Kind::kText, "", "postal-code"},
        {"city", t.Text("field.city"), a.city, Kind::kText, "", "address-level2"},
        {"country", t.Text("field.country"), is_new ? LikelyCountry(r) : a.country, Kind::kSelect,
         "", "country", countries},
        {"region",
         t.Text("field.region"),
         a.region,
         Kind::kText,
         t.Text("field.region_hint"),
         "address-level1",
         {},
         false}};
    form.back = Back(r);
    if (!a.id.IsNil()) form.remove = {t.Text("form.remove"), path + "/remove"};
    return form;
}

FormPage ContactForm(const RequestContext& r, const Contact& c) {
    const Formatter& t = r.format();
    const std::string path =
        c.id.IsNil() ? "/profile/contacts/new" : "/profile/contacts/" + c.id.ToString();
    FormPage form{
        t.Text(c.id.IsNil() ? "contact.new" : "contact.edit"), "", path, t.Text("form.save"), {}};
    std::vector<Option> roles;
    for (const auto role : kRoles)
        roles.push_back({std::string(role), t.Text("role." + std::string(role))});
    form.fields = {{"name", t.Text("field.name"), c.name, Kind::kText, "", "name"},
                   {"email", t.Text("field.email"), c.email, Kind::kEmail, "", "email"},
                   {"role", t.Text("field.role"), c.role, Kind::kSelect, "", "", roles}};
    form.back = Back(r);
    if (!c.id.IsNil()) form.remove = {t.Text("form.remove"), path + "/remove"};
    return form;
}

}  // namespace livery::accounts
