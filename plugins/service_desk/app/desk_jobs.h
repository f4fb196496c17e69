#pragma once

#include <livery/db/database.h>
#include <livery/registrar.h>

#include "app/agents.h"
#include "app/desk_work.h"
#include "domain/assignment.h"

namespace livery::service_desk {

// What time does at a desk: new tickets are given to somebody, what is about to be missed is
// raised, what was solved long ago is closed. Each ticket by itself, under its lock: a run that is
// cut off goes on where it was.
class DeskJobs {
 public:
    struct Parts {
        const Tickets& tickets;
        const DeskWork& work;
        db::Database& database;
        const Agents& agents;
    };
    explicit DeskJobs(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar) const;

 private:
    void Assign(const Tenant& tenant, Instant now) const;
    void Escalate(const Tenant& tenant, Instant now) const;
    void Close(const Tenant& tenant, Instant now) const;
    // Those who may answer and are there, with what they have to do.
    std::vector<Candidate> Team(const Tenant& tenant) const;

    Parts parts_;
};

}  // namespace livery::service_desk
