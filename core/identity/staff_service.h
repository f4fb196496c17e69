#pragma once

#include <livery/ports/audit.h>
#include <livery/ports/staff.h>
#include <livery/time/clock.h>

namespace livery::identity {

// A tenant's staff, over its database. Thread: any.
class StaffService final : public Staff {
 public:
    StaffService(db::Database& database, const Clock& clock, IdSource& ids, Audit& audit)
        : database_(database), clock_(clock), ids_(ids), audit_(audit) {}

    std::vector<Member> List(const TenantId& tenant) override;
    std::optional<Member> Find(db::Transaction& tx, UserId user) override;
    Result<Invited> Invite(db::Transaction& tx, const Invitation& invitation,
                           const Actor& actor) override;
    Result<Member> FindInvited(db::Transaction& tx, std::string_view token) override;
    Result<UserId> Accept(db::Transaction& tx, std::string_view token,
                          const std::string& password_hash, const std::string& address) override;
    Result<void> SetRoles(db::Transaction& tx, UserId user, const std::set<std::string>& roles,
                          const Actor& actor) override;
    Result<void> Close(db::Transaction& tx, UserId user, const Actor& actor) override;
    Result<void> Reopen(db::Transaction& tx, UserId user, const Actor& actor) override;
    Result<void> RemoveSecondFactor(db::Transaction& tx, UserId user, const Actor& actor) override;

 private:
    // Whether the tenant would have an owner still; to be asked before one stops being it.
    static bool IsLastOwner(db::Transaction& tx, const Member& member);
    void Record(db::Transaction& tx, const Actor& actor, std::string_view action,
                const Member& member, const std::set<std::string>& roles);

    db::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
    Audit& audit_;
};

}  // namespace livery::identity
