#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/agents.h"

namespace livery::service_desk {

// What a program must know to work at the desk: its queues, categories, replies and macros by their
// names; and its agents, whom a planner of shifts says to be away.
class DeskApi {
 public:
    explicit DeskApi(const Agents& agents) : agents_(agents) {}
    void AddTo(Registrar& registrar);

 private:
    static Result<api::Json> ShowDesk(const api::Call& call);
    Result<api::Json> ListAgents(const api::Call& call) const;
    Result<api::Json> ChangeAgent(db::Transaction& tx, const api::Call& call) const;

    const Agents& agents_;
};

}  // namespace livery::service_desk
