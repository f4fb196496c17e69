#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/time/instant.h>

namespace livery::service_desk {

// What somebody of the staff is good at, as the desk was told.
struct AgentProfile {
    std::set<std::string> skills;
    std::set<std::string> languages;  // none: the one of their login
    bool is_away = false;
    std::optional<Instant> last_given;
};

// All SQL of agents, and of who looks at which ticket.
class AgentRepository {
 public:
    // Only those of whom something is known.
    static std::map<UserId, AgentProfile> Profiles(db::Database& database, const TenantId& tenant);
    static AgentProfile Find(db::Transaction& tx, UserId user);
    static void Save(db::Transaction& tx, UserId user, const AgentProfile& profile);
    static void Given(db::Transaction& tx, UserId user, Instant at);
    // Unsolved tickets of each who has any.
    static int LoadOf(db::Transaction& tx, UserId user);
    static std::map<UserId, int> Loads(db::Database& database, const TenantId& tenant);

    // That somebody has a ticket open; and who else had since then, by name.
    static void Look(db::Transaction& tx, Uuid ticket, UserId user, const std::string& name,
                     Instant at);
    static std::vector<std::string> OthersSince(db::Database& database, const TenantId& tenant,
                                                Uuid ticket, UserId user, Instant since);
};

}  // namespace livery::service_desk
