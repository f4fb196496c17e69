#pragma once

#include <optional>
#include <set>
#include <string>

#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>
#include <livery/ports/staff.h>
#include <livery/tenancy/tenant.h>

namespace livery::console {

// Who changes the staff: with which roles, or the operator, who may do everything.
struct Chief {
    Staff::Actor actor;
    std::optional<std::set<std::string>> roles;  // none: the operator, or a program of theirs
};

// The people who work in the console. Every change goes through here, from pages, API and command
// line alike: nobody hands out more than they have (domain/role_grants). Errors besides what each
// says: kNotFound, nobody of this tenant's staff; kForbidden, above the chief. Thread: any.
class StaffDesk {
 public:
    StaffDesk(Identity& identity, Staff& staff, Mailer& mailer)
        : identity_(identity), staff_(staff), mailer_(mailer) {}

    struct Invited {
        UserId user;
        std::string link;
    };
    // Mails the link. kInvalidArgument on `email`, `name`, `language` or `roles`; on `email` too
    // when the address works here already.
    Result<Invited> Invite(db::Transaction& tx, const Tenant& tenant,
                           const Staff::Invitation& invitation, const Chief& chief);
    // Once more, to somebody who has not come yet. kConflict: they have, or were closed.
    Result<Invited> InviteAgain(db::Transaction& tx, const Tenant& tenant, UserId user,
                                const Chief& chief);
    // kInvalidArgument on `roles`: there is no such role, or none. kConflict: the last owner.
    Result<void> SetRoles(db::Transaction& tx, const Tenant& tenant, UserId user,
                          const std::set<std::string>& roles, const Chief& chief);
    // kConflict: the last owner, or oneself.
    Result<void> Close(db::Transaction& tx, const Tenant& tenant, UserId user, const Chief& chief);
    Result<void> Reopen(db::Transaction& tx, const Tenant& tenant, UserId user, const Chief& chief);
    // Tells the person by mail. kConflict: it is not on, or one's own.
    Result<void> RemoveSecondFactor(db::Transaction& tx, const Tenant& tenant, UserId user,
                                    const Chief& chief);

    // Takes an invitation. kInvalidArgument on `password`; kNotFound: the link is unknown, used or
    // too old. `password_hash` is made outside of the transaction.
    Result<UserId> Accept(db::Transaction& tx, std::string_view token,
                          const std::string& password_hash, const std::string& address) {
        return staff_.Accept(tx, token, password_hash, address);
    }
    Staff& staff() { return staff_; }

 private:
    // The member, whom the chief may touch; with `after`, may make into that.
    Result<Staff::Member> Reach(db::Transaction& tx, const Tenant& tenant, UserId user,
                                const Chief& chief, const std::set<std::string>& after = {});
    Result<void> CheckRoles(const Tenant& tenant, const std::set<std::string>& roles) const;
    Result<Invited> Send(db::Transaction& tx, const Tenant& tenant,
                         const Staff::Invitation& invitation, const Chief& chief);

    Identity& identity_;
    Staff& staff_;
    Mailer& mailer_;
};

}  // namespace livery::console
