#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/staff_desk.h"

namespace livery::console {

// Where an invitation's link leads: a password, and one works here.
class InvitationPages {
 public:
    InvitationPages(StaffDesk& desk, Identity& identity, db::Database& database)
        : desk_(desk), identity_(identity), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> Accept(const RequestContext& request) const;
    Result<Staff::Member> Invited(const RequestContext& request) const;

    StaffDesk& desk_;
    Identity& identity_;
    db::Database& database_;
};

}  // namespace livery::console
