#include "app/invite_command.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <livery/json.h>

#include "app/role_names.h"
#include "app/staff_state.h"

namespace livery::console {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kUsage = 64;

std::set<std::string> Parts(const std::string& list) {
    std::set<std::string> parts;
    std::istringstream words(list);
    for (std::string part; std::getline(words, part, ',');) parts.insert(part);
    return parts;
}

// Before the `@`, as a name to begin with: who comes may be written to before they have said
// theirs.
std::string NameFrom(const std::string& email) { return email.substr(0, email.find('@')); }

int Refused(const CommandContext& command, const Error& error, const Formatter& words) {
    for (const FieldError& field : error.fields)
        command.progress(fmt::format("{}: {}", field.field, words.Text(field.message)));
    if (error.fields.empty()) command.progress(error.message);
    if (!error.fields.empty() && error.fields.front().field == "roles") {
        std::vector<std::string> known;
        for (const auto& [id, role] : command.tenant.roles) known.push_back(id);
        command.progress(fmt::format("There are: {}.", fmt::join(known, ", ")));
    }
    return error.code == ErrorCode::kInvalidArgument ? kUsage : 1;
}

int Invite(StaffDesk& desk, db::Database& database, TenantFormatters& formatters,
           const CommandContext& command) {
    const std::string email = command.Get("email");
    const std::string locale =
        command.Has("language") ? command.Get("language") : command.tenant.locales.front();
    const Staff::Invitation invitation{
        email, command.Has("name") ? command.Get("name") : NameFrom(email),
        locale.substr(0, locale.find('-')), Parts(command.Get("role"))};
    Result<StaffDesk::Invited> invited = NotFound("not run");
    database.Transact(command.tenant.id, [&](db::Transaction& tx) {
        invited = desk.Invite(tx, command.tenant, invitation, {});
    });
    if (!invited)
        return Refused(command, invited.error(), *formatters.Of(command.tenant.id, "console"));
    if (command.json) {
        command.print(Json{{"user", invited->user.ToString()}, {"link", invited->link}}.dump(2));
    } else {
        command.print(invited->link);
        command.progress(
            fmt::format("{} is invited, and the link is on its way by mail too. It "
                        "works once, for seven days.",
                        email));
    }
    return 0;
}

int List(StaffDesk& desk, const CommandContext& command) {
    Json list = Json::array();
    for (const Staff::Member& member : desk.staff().List(command.tenant.id)) {
        if (command.json) {
            list.push_back({{"id", member.id.ToString()},
                            {"email", member.email},
                            {"name", member.display_name},
                            {"state", ToString(member.state)},
                            {"roles", member.roles},
                            {"second_factor", member.second_factor_on}});
        } else {
            command.print(fmt::format("{:<32} {:<8} {:<24} {}", member.email,
                                      ToString(member.state), fmt::join(member.roles, ", "),
                                      member.display_name));
        }
    }
    if (command.json) command.print(list.dump(2));
    return 0;
}

int ListRoles(const CommandContext& command) {
    Json list = Json::object();
    for (const auto& [id, role] : command.tenant.roles) {
        list[id] = role.permissions;
        if (!command.json)
            command.print(fmt::format("{:<16} {}", id, fmt::join(role.permissions, " ")));
    }
    if (command.json) command.print(list.dump(2));
    return 0;
}

}  // namespace

std::vector<Command> StaffCommands(StaffDesk& desk, db::Database& database,
                                   TenantFormatters& formatters) {
    Command invite{
        "invite",
        "Invite somebody to the tenant's console",
        "livery user invite ann@x.example --tenant harbor --role owner",
        {{.name = "email", .help = "Where the link goes", .required = true, .positional = true},
         {.name = "role", .help = "One or more, by commas", .required = true},
         {.name = "name", .help = "The person's"},
         {.name = "language", .help = "Of the mail: one of the tenant's"}},
        [&](const CommandContext& command) { return Invite(desk, database, formatters, command); },
        "user"};
    Command list{"list",
                 "Who works in the tenant's console",
                 "livery user list --tenant harbor --json",
                 {},
                 [&](const CommandContext& command) { return List(desk, command); },
                 "user"};
    Command roles{"roles",
                  "Roles of the tenant's staff, and what they allow",
                  "livery user roles --tenant harbor",
                  {},
                  ListRoles,
                  "user"};
    return {std::move(invite), std::move(list), std::move(roles)};
}

}  // namespace livery::console
