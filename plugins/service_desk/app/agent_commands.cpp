#include <fmt/format.h>
#include <fmt/ranges.h>

#include <livery/db/attempt.h>

#include "app/command_answers.h"

namespace livery::service_desk {

namespace {

using Json = nlohmann::ordered_json;
using Parts = TicketCommandParts;

void Print(const CommandContext& command, const std::vector<Agents::Agent>& agents) {
    auto list = Json::array();
    for (const auto& [member, profile, load] : agents) {
        list.push_back({{"agent", member.id.ToString()},
                        {"email", member.email},
                        {"name", member.display_name},
                        {"skills", profile.skills},
                        {"languages", profile.languages},
                        {"away", profile.is_away},
                        {"load", load}});
        if (!command.json)
            command.print(fmt::format(
                "{}  {}  {}  skills: {}  languages: {}  tickets: {}", member.id.ToString(),
                member.email, profile.is_away ? "away" : "there", fmt::join(profile.skills, ","),
                fmt::join(profile.languages, ","), load));
    }
    if (command.json) command.print(list.dump());
}

int List(const Parts& parts, const CommandContext& command) {
    const auto agents = parts.agents.List(command.tenant);
    Print(command, agents);
    if (agents.empty() && !command.json) command.print("Nobody may answer tickets.");
    return 0;
}

std::set<std::string> Listed(const std::string& text) {
    std::set<std::string> names;
    for (std::size_t from = 0; from < text.size();) {
        const auto to = std::min(text.find(',', from), text.size());
        if (to > from) names.insert(text.substr(from, to - from));
        from = to + 1;
    }
    return names;
}

int Change(const Parts& parts, const CommandContext& command) {
    const auto user = UserId::Parse(command.Get("agent"));
    if (!user || (command.Has("away") && command.Has("there")))
        return Say(command, "--agent: usr_…, as list-agents says; --away or --there", kUsage);
    Agents::Change change;
    if (command.Has("skills")) change.skills = Listed(command.Get("skills"));
    if (command.Has("languages")) change.languages = Listed(command.Get("languages"));
    if (command.Has("away") || command.Has("there")) change.is_away = command.Has("away");
    const auto saved =
        db::Attempt<Agents::Agent>(parts.database, command.tenant.id, [&](db::Transaction& tx) {
            return parts.agents.Save(tx, command.tenant, *user, change, WriterOf(command));
        });
    if (!saved) return Refused(parts, command, saved.error());
    Print(command, {*saved});
    return 0;
}

}  // namespace

std::vector<Command> AgentCommands(const TicketCommandParts& parts) {
    return {{"list-agents",
             "List who answers tickets, and what they are good at",
             "livery list-agents --tenant harbor",
             {},
             Bound(parts, List)},
            {"change-agent",
             "Say what an agent is good at, and whether they are there",
             "livery change-agent --tenant harbor --agent usr_… --skills billing --away --by \"J. "
             "Roe\"",
             {{"agent", "usr_…", false, true},
              ByOption(),
              {"skills", "As the desk's file names them, commas between; \"\": none"},
              {"languages", "de,en; \"\": the one of the login"},
              {"away", "Gets no new tickets", true},
              {"there", "Gets new tickets again", true}},
             Bound(parts, Change)}};
}

}  // namespace livery::service_desk
