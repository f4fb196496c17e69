#pragma once

#include <livery/http/route.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/agents.h"

namespace livery::service_desk {

// Who answers tickets: what each is good at, and whether they are there. The rule of assignment
// goes by it.
class AgentPages {
 public:
    AgentPages(const Agents& agents, db::Database& database)
        : agents_(agents), database_(database) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> ShowForm(const RequestContext& request) const;
    Result<Reply> Save(const RequestContext& request) const;

    // Somebody who may answer. kNotFound: nobody such.
    Result<Agents::Agent> Named(const RequestContext& request) const;
    static FormPage Form(const RequestContext& request, const Agents::Agent& agent);

    const Agents& agents_;
    db::Database& database_;
};

}  // namespace livery::service_desk
