#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/staff_desk.h"

namespace livery::console {

// The staff for a program of the tenant's own, such as its directory of employees: who works here,
// invitations, roles, closing. What it does is done by nobody: the audit log has no user.
class StaffApi {
 public:
    StaffApi(StaffDesk& desk, db::Database& database) : desk_(desk), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Invite(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Change(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> MemberOf(db::Transaction& tx, UserId user) const;

    StaffDesk& desk_;
    db::Database& database_;
};

}  // namespace livery::console
