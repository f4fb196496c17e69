#include "web/agent_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/page_routes.h>

#include "web/desk_list.h"
#include "web/ticket_words.h"

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
    for (const Agents::Agent& agent : agents_.List(r.tenant())) {
        const auto& [member, profile, load] = agent;
        list.rows.push_back({{member.display_name,
                              std::string(kAgentsPath) + "/" + member.id.ToString(), member.email},
                             {Listed(SkillNames(desk, profile.skills, t))},
                             {Listed(profile.languages)},
                             {t.Text(profile.is_away ? "agents.away" : "agents.there"), "", "",
                              profile.is_away ? "paused" : "active"},
                             {t.Number(load)}});
    }
    list.empty = t.Text("agents.none");
    return livery::Answer(list);
}

Result<Agents::Agent> AgentPages::Named(const RequestContext& r) const {
    const UserId id = LIVERY_TRY(r.PathId<UserId>("id"));
    auto agent = agents_.Find(r.tenant(), id);
    if (!agent) return NotFound("no such agent");
    return *std::move(agent);
}

FormPage AgentPages::Form(const RequestContext& r, const Agents::Agent& agent) {
    const Formatter& t = r.format();
    const AgentProfile& profile = agent.profile;
    FormPage form{agent.member.display_name,
                  t.Text("agents.intro"),
                  std::string(kAgentsPath) + "/" + agent.member.id.ToString(),
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
    for (const std::string& language : Agents::LanguagesOf(r.tenant()))
        check("language_" + language, t.Text("agents.language." + language),
              profile.languages.contains(language));
    check("away", t.Text("agents.is_away"), profile.is_away);
    form.back = {t.Text("agents.title"), kAgentsPath};
    return form;
}

Result<Reply> AgentPages::ShowForm(const RequestContext& r) const {
    return ToView(Form(r, LIVERY_TRY(Named(r))));
}

Result<Reply> AgentPages::Save(const RequestContext& r) const {
    const UserId id = LIVERY_TRY(r.PathId<UserId>("id"));
    Agents::Change change{std::set<std::string>{}, std::set<std::string>{},
                          !r.Form("away").empty()};
    for (const auto& [skill, label] : Tickets::DeskOf(r.tenant()).skills)
        if (!r.Form("skill_" + skill).empty()) change.skills->insert(skill);
    for (const std::string& language : Agents::LanguagesOf(r.tenant()))
        if (!r.Form("language_" + language).empty()) change.languages->insert(language);
    const auto saved = db::Attempt<Agents::Agent>(
        database_, r.tenant().id,
        [&](db::Transaction& tx) { return agents_.Save(tx, r.tenant(), id, change, WriterOf(r)); });
    if (!saved) return saved.error();
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
