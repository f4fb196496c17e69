#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/result.h>
#include <livery/time/instant.h>

namespace livery {

// The people who work for a tenant: logins of the realm `console`. Every change is written down
// (Audit) with who made it. Whether the caller may make it is the caller's to ask. Thread: any.
class Staff {
 public:
    static constexpr std::string_view kPortId = "livery.staff/1";
    virtual ~Staff();

    enum class State { kInvited, kActive, kClosed };
    struct Member {
        UserId id;
        std::string email;
        std::string display_name;
        std::string language;
        std::set<std::string> roles;
        State state = State::kInvited;
        bool second_factor_on = false;
        Instant created_at;
        std::optional<Instant> last_seen_at;  // of the sessions that are there still
    };
    // Everybody, by name: a tenant has hundreds at most.
    virtual std::vector<Member> List(const TenantId& tenant) = 0;
    // Locks the row. nullopt: nobody of this tenant's staff.
    virtual std::optional<Member> Find(db::Transaction& tx, UserId user) = 0;

    // Who changes something. No user: the operator, at the command line.
    struct Actor {
        std::optional<UserId> user;
        std::string address;
    };
    struct Invitation {
        std::string email;
        std::string display_name;
        std::string language;
        std::set<std::string> roles;
    };
    struct Invited {
        UserId user;
        std::string token;  // for the link; good once, for seven days
    };
    // A login that waits for its password. Whoever is invited already gets a new link, which ends
    // the earlier one, and this name and these roles. kConflict: the address works here already, or
    // was closed.
    virtual Result<Invited> Invite(db::Transaction& tx, const Invitation& invitation,
                                   const Actor& actor) = 0;
    // Whom a link invites, for the page that asks for the password. kNotFound: unknown, used or too
    // old.
    virtual Result<Member> FindInvited(db::Transaction& tx, std::string_view token) = 0;
    // Takes the link: the login has a password, and its address is proved. kNotFound as above.
    virtual Result<UserId> Accept(db::Transaction& tx, std::string_view token,
                                  const std::string& password_hash, const std::string& address) = 0;

    // kNotFound: nobody of this tenant's staff. kConflict: the last owner would be gone.
    virtual Result<void> SetRoles(db::Transaction& tx, UserId user,
                                  const std::set<std::string>& roles, const Actor& actor) = 0;
    // Nobody signs in with it any more: its sessions and its links end. One that is closed stays
    // so. Errors as SetRoles.
    virtual Result<void> Close(db::Transaction& tx, UserId user, const Actor& actor) = 0;
    virtual Result<void> Reopen(db::Transaction& tx, UserId user, const Actor& actor) = 0;
    // For who lost phone and recovery codes: the next sign-in sets it up anew. Ends the sessions.
    // kConflict: it is not on.
    virtual Result<void> RemoveSecondFactor(db::Transaction& tx, UserId user,
                                            const Actor& actor) = 0;
};

}  // namespace livery
