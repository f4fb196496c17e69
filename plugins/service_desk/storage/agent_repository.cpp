#include "storage/agent_repository.h"

#include <numeric>

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kProfiles{
    "service_desk.agent_profiles",
    "SELECT user_id, skills, languages, is_away, last_given_at FROM service_desk_agent WHERE "
    "tenant_id = :tenant"};
constexpr Statement kProfile{
    "service_desk.agent_profile",
    "SELECT user_id, skills, languages, is_away, last_given_at FROM service_desk_agent WHERE "
    "tenant_id = :tenant AND user_id = ?"};
constexpr Statement kSave{
    "service_desk.save_agent",
    "INSERT INTO service_desk_agent (tenant_id, user_id, skills, languages, is_away) VALUES "
    "(:tenant, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE skills = VALUE(skills), languages = "
    "VALUE(languages), is_away = VALUE(is_away)"};
constexpr Statement kGiven{
    "service_desk.ticket_given",
    "INSERT INTO service_desk_agent (tenant_id, user_id, skills, languages, is_away, "
    "last_given_at) VALUES (:tenant, ?, '', '', 0, ?) ON DUPLICATE KEY UPDATE last_given_at = "
    "VALUE(last_given_at)"};
constexpr Statement kLoads{
    "service_desk.loads",
    "SELECT assignee, COUNT(*) FROM service_desk_ticket WHERE tenant_id = :tenant AND is_unsolved "
    "= 1 AND assignee IS NOT NULL GROUP BY assignee"};
constexpr Statement kLoadOf{
    "service_desk.load_of",
    "SELECT COUNT(*) FROM service_desk_ticket WHERE tenant_id = :tenant AND assignee = ? AND "
    "is_unsolved = 1"};
constexpr Statement kLook{
    "service_desk.look",
    "INSERT INTO service_desk_presence (tenant_id, ticket_id, user_id, name, seen_at) VALUES "
    "(:tenant, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUE(name), seen_at = VALUE(seen_at)"};
constexpr Statement kOthers{
    "service_desk.others_looking",
    "SELECT name FROM service_desk_presence WHERE tenant_id = :tenant AND ticket_id = ? AND "
    "user_id <> ? AND seen_at >= ? ORDER BY seen_at DESC"};

// Names of the desk's file: no blank is in one.
std::set<std::string> WordsIn(std::string_view text) {
    std::set<std::string> words;
    while (!text.empty()) {
        const auto blank = text.find(' ');
        if (blank != 0) words.emplace(text.substr(0, blank));
        if (blank == std::string_view::npos) break;
        text.remove_prefix(blank + 1);
    }
    return words;
}

std::string Joined(const std::set<std::string>& words) {
    return std::accumulate(words.begin(), words.end(), std::string(),
                           [](std::string all, const std::string& word) {
                               return all.empty() ? word : std::move(all) + " " + word;
                           });
}

std::map<UserId, AgentProfile> ProfilesIn(const db::Rows& rows) {
    std::map<UserId, AgentProfile> profiles;
    for (const Row row : rows)
        profiles[row.As<UserId>(0)] = {WordsIn(row.Text(1)), WordsIn(row.Text(2)), row.Bool(3),
                                       row.MaybeTime(4)};
    return profiles;
}

std::map<UserId, int> LoadsIn(const db::Rows& rows) {
    std::map<UserId, int> loads;
    for (const Row row : rows) loads[row.As<UserId>(0)] = static_cast<int>(row.Int64(1));
    return loads;
}

}  // namespace

std::map<UserId, AgentProfile> AgentRepository::Profiles(db::Database& database,
                                                         const TenantId& tenant) {
    return ProfilesIn(database.Query(tenant, kProfiles, {}));
}

AgentProfile AgentRepository::Find(db::Transaction& tx, UserId user) {
    return ProfilesIn(tx.Query(kProfile, {user}))[user];
}

void AgentRepository::Save(db::Transaction& tx, UserId user, const AgentProfile& profile) {
    tx.Execute(kSave, {user, Joined(profile.skills), Joined(profile.languages), profile.is_away});
}

void AgentRepository::Given(db::Transaction& tx, UserId user, Instant at) {
    tx.Execute(kGiven, {user, at});
}

int AgentRepository::LoadOf(db::Transaction& tx, UserId user) {
    return static_cast<int>(tx.Query(kLoadOf, {user}).Only().Int64(0));
}

std::map<UserId, int> AgentRepository::Loads(db::Database& database, const TenantId& tenant) {
    return LoadsIn(database.Query(tenant, kLoads, {}));
}

void AgentRepository::Look(db::Transaction& tx, Uuid ticket, UserId user, const std::string& name,
                           Instant at) {
    tx.Execute(kLook, {ticket, user, name, at});
}

std::vector<std::string> AgentRepository::OthersSince(db::Database& database,
                                                      const TenantId& tenant, Uuid ticket,
                                                      UserId user, Instant since) {
    std::vector<std::string> names;
    for (const Row row : database.Query(tenant, kOthers, {ticket, user, since}))
        names.emplace_back(row.Text(0));
    return names;
}

}  // namespace livery::service_desk
