#pragma once

#include <livery/http/route.h>
#include <livery/ports/audit.h>
#include <livery/ports/staff.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "storage/agent_repository.h"

namespace livery::service_desk {

// Who answers tickets: what each is good at, and whether they are there. The rule of assignment
// goes by it.
class AgentPages {
 public:
    AgentPages(db::Database& database, Staff& staff, Audit& audit)
        : database_(database), staff_(staff), audit_(audit) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> ShowForm(const RequestContext& request) const;
    Result<Reply> Save(const RequestContext& request) const;

    // Somebody who may answer. kNotFound: nobody such.
    Result<Staff::Member> Named(const RequestContext& request) const;
    FormPage Form(const RequestContext& request, const Staff::Member& agent,
                  const AgentProfile& profile) const;

    db::Database& database_;
    Staff& staff_;
    Audit& audit_;
};

}  // namespace livery::service_desk
