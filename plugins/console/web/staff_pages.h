#pragma once

#include <livery/http/route.h>
#include <livery/ports/audit.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/staff_desk.h"

namespace livery::console {

// Who works here: the list, somebody's page, inviting, roles, closing and letting back in.
class StaffPages {
 public:
    StaffPages(StaffDesk& desk, Audit& audit, db::Database& database)
        : desk_(desk), audit_(audit), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowInvite(const RequestContext& request) const;
    Result<Reply> Invite(const RequestContext& request) const;
    Result<Reply> ShowRoles(const RequestContext& request) const;
    Result<Reply> SetRoles(const RequestContext& request) const;
    Result<Reply> InviteAgain(const RequestContext& request) const;
    Result<Reply> Close(const RequestContext& request) const;
    Result<Reply> Reopen(const RequestContext& request) const;
    Result<Reply> RemoveSecondFactor(const RequestContext& request) const;

    void ShowActivity(const RequestContext& request, const Staff::Member& member,
                      ViewModel& model) const;
    Result<Staff::Member> Named(const RequestContext& request) const;
    // Runs `action(tx, user)` in a transaction and goes back to the member's page with `notice`;
    // what the state does not allow is said there.
    template <class Action>
    Result<Reply> Act(const RequestContext& request, const char* notice,
                      const Action& action) const;

    StaffDesk& desk_;
    Audit& audit_;
    db::Database& database_;
};

}  // namespace livery::console
