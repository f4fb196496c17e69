#include "web/staff_forms.h"

#include "app/role_names.h"
#include "domain/role_grants.h"

namespace livery::console {

namespace {

using Kind = FormField::Kind;

std::string BoxOf(const std::string& role) { return "role_" + role; }

// Those alone that whoever asks may give.
void AddBoxes(FormPage& form, const RequestContext& r, const std::set<std::string>& ticked) {
    for (const auto& [id, role] : r.tenant().roles) {
        if (!Covers(r.tenant().roles, r.visitor().roles, {id})) continue;
        form.fields.push_back({BoxOf(id),
                               RoleName(r.tenant(), id, r.format()),
                               ticked.contains(id) ? "1" : "",
                               Kind::kCheckbox,
                               "",
                               "",
                               {},
                               false});
    }
}

}  // namespace

std::set<std::string> RolesIn(const RequestContext& r) {
    std::set<std::string> roles;
    for (const auto& [id, role] : r.tenant().roles) {
        if (!r.Form(BoxOf(id)).empty()) roles.insert(id);
    }
    return roles;
}

FormPage InviteForm(const RequestContext& r) {
    const Formatter& t = r.format();
    FormPage form{t.Text("invite.title"),
                  t.Text("invite.intro", {{"brand", r.tenant().name}}),
                  "/console/staff/invite",
                  t.Text("invite.submit"),
                  {}};
    form.fields = {{"name", t.Text("field.name"), std::string(r.Form("name"))},
                   {"email", t.Text("field.email"), std::string(r.Form("email")), Kind::kEmail}};
    FormField language{"language", t.Text("field.language"), std::string(r.Form("language")),
                       Kind::kSelect};
    if (language.value.empty()) language.value = r.tenant().locales.front();
    for (const std::string& locale : r.tenant().locales)
        language.options.push_back(
            {locale, t.Text("language." + locale.substr(0, locale.find('-')))});
    if (language.options.size() > 1) form.fields.push_back(std::move(language));
    AddBoxes(form, r, RolesIn(r));
    form.back = {t.Text("staff.title"), "/console/staff"};
    return form;
}

FormPage RolesForm(const RequestContext& r, const Staff::Member& member,
                   const std::set<std::string>& roles) {
    const Formatter& t = r.format();
    const std::string page = "/console/staff/" + member.id.ToString();
    FormPage form{t.Text("roles.title", {{"name", member.display_name}}),
                  t.Text("roles.intro"),
                  page + "/roles",
                  t.Text("roles.submit"),
                  {}};
    AddBoxes(form, r, roles);
    form.back = {member.display_name, page};
    return form;
}

}  // namespace livery::console
