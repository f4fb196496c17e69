#pragma once

#include <optional>
#include <vector>

#include <livery/ports/audit.h>
#include <livery/ports/staff.h>

#include "app/tickets.h"
#include "storage/agent_repository.h"

namespace livery::service_desk {

// Those of the staff who may answer tickets, and what they are good at. Thread: any.
class Agents {
 public:
    struct Parts {
        db::Database& database;
        Staff& staff;
        Audit& audit;
    };
    explicit Agents(const Parts& parts) : parts_(parts) {}

    struct Agent {
        Staff::Member member;
        AgentProfile profile;  // its languages: where none was chosen, the one of the login
        int load = 0;          // unsolved tickets of theirs
    };
    // By name.
    std::vector<Agent> List(const Tenant& tenant) const;
    // nullopt: nobody who may answer.
    std::optional<Agent> Find(const Tenant& tenant, UserId user) const;

    struct Change {
        std::optional<std::set<std::string>> skills;
        std::optional<std::set<std::string>> languages;
        std::optional<bool> is_away;
    };
    // kNotFound: nobody who may answer. kInvalidArgument on `skills`, `languages`: there is no such
    // one.
    Result<Agent> Save(db::Transaction& tx, const Tenant& tenant, UserId user, const Change& change,
                       const Writer& by) const;

    // Languages that the tenant speaks, as "de".
    static std::set<std::string> LanguagesOf(const Tenant& tenant);

 private:
    Parts parts_;
};

}  // namespace livery::service_desk
