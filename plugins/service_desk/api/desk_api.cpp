#include "api/desk_api.h"

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "api/ticket_writing.h"

namespace livery::service_desk {

using api::Call;
using api::Json;

namespace {

// In the tenant's first language.
Json Named(const Tenant& tenant, const std::string& id, const Label& label) {
    return {{"id", id}, {"label", In(label, tenant.locales.front().substr(0, 2))}};
}

template <class Labelled>
Json NamedAll(const Tenant& tenant, const std::map<std::string, Labelled>& all) {
    Json list = Json::array();
    for (const auto& [id, one] : all) {
        if constexpr (std::is_same_v<Labelled, Label>)
            list.push_back(Named(tenant, id, one));
        else
            list.push_back(Named(tenant, id, one.label));
    }
    return list;
}

Json JsonOf(const Agents::Agent& agent) {
    const auto& [member, profile, load] = agent;
    return {{"id", member.id.ToString()},
            {"email", member.email},
            {"name", member.display_name},
            {"skills", profile.skills},
            {"languages", profile.languages},
            {"away", profile.is_away},
            {"load", load}};
}

std::set<std::string> NamesIn(const Json& list) {
    std::set<std::string> names;
    for (const Json& one : list) names.insert(one.get<std::string>());
    return names;
}

Json NamesSchema(std::string_view description) {
    Json schema = api::ArrayOf(api::Text("A name", 32));
    schema["description"] = description;
    return schema;
}

void AddSchemas(Registrar& registrar) {
    const auto named = [](std::string_view description) {
        Json schema = api::ArrayOf(api::Object(
            "By its name in the desk's file.",
            {{"id", api::Text("Its name there")}, {"label", api::Text("As people read it")}}));
        schema["description"] = description;
        return schema;
    };
    registrar.Add(api::Schema{
        "TicketDesk",
        api::Object("How the desk is set up.",
                    {{"queues", named("Where tickets wait")},
                     {"categories",
                      api::ArrayOf(api::Object("What customers ask about.",
                                               {{"id", api::Text("Its name in the desk's file")},
                                                {"label", api::Text("As people read it")},
                                                {"queue", api::Text("Where such tickets wait")},
                                                {"priority", api::Text("What they begin with")}}))},
                     {"skills", named("What agents are good at")},
                     {"replies", named("Canned replies")},
                     {"macros", named("Several steps at once")}})});
    registrar.Add(api::Schema{
        "TicketAgent",
        api::Object("Somebody who may answer.",
                    {{"id", api::IdText("usr")},
                     {"email", api::Text("Their login")},
                     {"name", api::Text("As people call them")},
                     {"skills", NamesSchema("As the desk names them")},
                     {"languages", NamesSchema("That they answer in: de")},
                     {"away", api::Flag("Gets no new tickets")},
                     {"load", api::Integer("Unsolved tickets of theirs", 0, 2'147'483'647)}})});
    registrar.Add(api::ListOf("TicketAgentList", "TicketAgent"));
    registrar.Add(api::Schema{
        "TicketAgentChange",
        api::Object("What is to be different; what is not there stays.",
                    {{"by", api::Text("Who does it, by name", 120)},
                     api::Optional("skills", NamesSchema("As the desk names them")),
                     api::Optional("languages", NamesSchema("None: the one of the login")),
                     api::Optional("away", api::Flag("Gets no new tickets"))})});
}

}  // namespace

Result<Json> DeskApi::ShowDesk(const Call& call) {
    const Tenant& tenant = call.tenant();
    const Desk& desk = Tickets::DeskOf(tenant);
    Json categories = Json::array();
    for (const auto& [id, category] : desk.categories) {
        categories.push_back(Named(tenant, id, category.label));
        categories.back()["queue"] = category.queue;
        categories.back()["priority"] = category.priority;
    }
    return Json{{"queues", NamedAll(tenant, desk.queues)},
                {"categories", std::move(categories)},
                {"skills", NamedAll(tenant, desk.skills)},
                {"replies", NamedAll(tenant, desk.replies)},
                {"macros", NamedAll(tenant, desk.macros)}};
}

Result<Json> DeskApi::ListAgents(const Call& call) const {
    Json data = Json::array();
    for (const Agents::Agent& agent : agents_.List(call.tenant())) data.push_back(JsonOf(agent));
    return api::ListReply(std::move(data), "");
}

Result<Json> DeskApi::ChangeAgent(db::Transaction& tx, const Call& call) const {
    const UserId id = LIVERY_TRY(call.request.PathId<UserId>("id"));
    Agents::Change change;
    if (call.body.contains("skills")) change.skills = NamesIn(call.body["skills"]);
    if (call.body.contains("languages")) change.languages = NamesIn(call.body["languages"]);
    if (call.body.contains("away")) change.is_away = call.body["away"].get<bool>();
    return JsonOf(LIVERY_TRY(agents_.Save(tx, call.tenant(), id, change, WriterOf(call))));
}

void DeskApi::AddTo(Registrar& registrar) {
    AddSchemas(registrar);
    const auto read = [&](const char* path, const char* id, const char* summary, const char* reply,
                          api::Reading handler) {
        registrar.Add(api::Operation{Method::kGet,
                                     path,
                                     id,
                                     "Tickets",
                                     "tickets:read",
                                     summary,
                                     "",
                                     {},
                                     "",
                                     reply,
                                     200,
                                     std::move(handler)});
    };
    read("/api/v1/ticket-desk", "getTicketDesk", "How the desk is set up", "TicketDesk",
         [](const Call& call) { return ShowDesk(call); });
    read("/api/v1/ticket-agents", "listTicketAgents", "Who answers tickets", "TicketAgentList",
         [this](const Call& call) { return ListAgents(call); });
    registrar.Add(api::Operation{
        Method::kPatch,
        "/api/v1/ticket-agents/:id",
        "changeTicketAgent",
        "Tickets",
        "tickets:write",
        "Say what an agent is good at, and whether they are there",
        "Who is away gets no new tickets; those that they have stay theirs.",
        {},
        "TicketAgentChange",
        "TicketAgent",
        200,
        [this](db::Transaction& tx, const Call& call) { return ChangeAgent(tx, call); }});
}

}  // namespace livery::service_desk
