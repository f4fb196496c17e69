#include "web/agent_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/page_routes.h>

#include "app/tickets.h"
#include "web/desk_list.h"

namespace livery::service_desk {

namespace {

std::string Listed(const std::set<std::string>& names) {
    std::string listed;
    for (const std::string& name : names) listed += (listed.empty() ? "" : ", ") + name;
    return listed;
}

std::set<std::string> SkillNames(const Desk& desk, const std::set<std::string>& skills,
                                 const Formatter& t) {
    std::set<std::string> names;
    for (const std::string& skill : skills) {
        const auto known = desk.skills.find(skill);
        names.insert(known == desk.skills.end() ? skill : In(known->second, t.language()));
    }
    return names;
}

// Languages that the tenant speaks, as "de".
std::set<std::string> LanguagesOf(const Tenant& tenant) {
    std::set<std::string> languages;
    for (const std::string& locale : tenant.locales) languages.insert(locale.substr(0, 2));
    return languages;
}

}  // namespace

Result<Reply> AgentPages::List(const RequestContext& r) const {
    const Formatter& t = r.format();
    const Desk& desk = Tickets::DeskOf(r.tenant());
    ListPage list{t.Text("agents.title"),
                  kAgentsPath,
                  "agents",
                  ListQuery::From(r.request().query, {}),
                  {{"name", t.Text("agents.name")},
                   {"skills", t.Text("agents.skills")},
                   {"languages", t.Text("agents.languages")},
                   {"presence", t.Text("agents.presence")},
                   {"load", t.Text("agents.load"), true}}};
    list.tabs = DeskTabs(r, kAgentsPath);
    const auto profiles = AgentRepository::Profiles(database_, r.tenant().id);
    const auto loads = AgentRepository::Loads(database_, r.tenant().id);
    for (const Staff::Member& member : staff_.List(r.tenant().id)) {
        if (!MayAnswer(r.tenant(), member)) continue;
        const auto known = profiles.find(member.id);
        AgentProfile profile = known == profiles.end() ? AgentProfile{} : known->second;
        if (profile.languages.empty()) profile.languages = {member.language};
        const auto load = loads.find(member.id);
        list.rows.push_back({{member.display_name,
                              std::string(kAgentsPath) + "/" + member.id.ToString(), member.email},
                             {Listed(SkillNames(desk, profile.skills, t))},
                             {Listed(profile.languages)},
                             {t.Text(profile.is_away ? "agents.away" : "agents.there"), "", "",
                              profile.is_away ? "paused" : "active"},
                             {t.Number(load == loads.end() ? 0 : load->second)}});
    }
    list.empty = t.Text("agents.none");
    return livery::Answer(list);
}

Result<Staff::Member> AgentPages::Named(const RequestContext& r) const {
    const UserId id = LIVERY_TRY(r.PathId<UserId>("id"));
    std::optional<Staff::Member> member;
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) { member = staff_.Find(tx, id); });
    if (!member || !MayAnswer(r.tenant(), *member)) return NotFound("no such agent");
    return *std::move(member);
}

FormPage AgentPages::Form(const RequestContext& r, const Staff::Member& agent,
                          const AgentProfile& profile) const {
    const Formatter& t = r.format();
    FormPage form{agent.display_name,
                  t.Text("agents.intro"),
                  std::string(kAgentsPath) + "/" + agent.id.ToString(),
                  t.Text("agents.save"),
                  {}};
    const auto check = [&](std::string name, std::string label, bool on) {
        FormField field{std::move(name), std::move(label), on ? "1" : "",
                        FormField::Kind::kCheckbox};
        field.required = false;
        form.fields.push_back(std::move(field));
    };
    for (const auto& [id, label] : Tickets::DeskOf(r.tenant()).skills)
        check("skill_" + id, t.Text("agents.skill", {{"skill", In(label, t.language())}}),
              profile.skills.contains(id));
    for (const std::string& language : LanguagesOf(r.tenant()))
        check("language_" + language, t.Text("agents.language." + language),
              profile.languages.contains(language) ||
                  (profile.languages.empty() && agent.language.substr(0, 2) == language));
    check("away", t.Text("agents.is_away"), profile.is_away);
    form.back = {t.Text("agents.title"), kAgentsPath};
    return form;
}

Result<Reply> AgentPages::ShowForm(const RequestContext& r) const {
    const Staff::Member agent = LIVERY_TRY(Named(r));
    const auto profiles = AgentRepository::Profiles(database_, r.tenant().id);
    const auto known = profiles.find(agent.id);
    return ToView(Form(r, agent, known == profiles.end() ? AgentProfile{} : known->second));
}

Result<Reply> AgentPages::Save(const RequestContext& r) const {
    const Staff::Member agent = LIVERY_TRY(Named(r));
    AgentProfile profile;
    for (const auto& [id, label] : Tickets::DeskOf(r.tenant()).skills)
        if (!r.Form("skill_" + id).empty()) profile.skills.insert(id);
    for (const std::string& language : LanguagesOf(r.tenant()))
        if (!r.Form("language_" + language).empty()) profile.languages.insert(language);
    profile.is_away = !r.Form("away").empty();
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        AgentRepository::Save(tx, agent.id, profile);
        audit_.Record(tx, {"agent.changed", r.visitor().user, SubjectId(agent.id.uuid()),
                           r.request().client_address, agent.display_name});
    });
    return Redirect{kAgentsPath, "notice.agent_saved"};
}

void AgentPages::AddTo(Registrar& registrar) {
    using P = AgentPages;
    PageRoutes<P> routes(registrar, *this, "tickets.assign");
    routes.Get(Access::kSignedIn, kAgentsPath, &P::List, "Who answers tickets");
    routes.Get(Access::kSignedIn, "/console/tickets/agents/:id", &P::ShowForm,
               "What an agent is good at");
    routes.Post(Access::kSignedIn, "/console/tickets/agents/:id", &P::Save,
                "Set what an agent is good at", RateClass::kForm);
}

}  // namespace livery::service_desk
