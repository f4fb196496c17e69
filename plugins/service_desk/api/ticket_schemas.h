#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/subjects.h"
#include "domain/dispute.h"
#include "domain/ticket.h"
#include "storage/survey_repository.h"
#include "storage/watcher_repository.h"

namespace livery::service_desk {

api::Json JsonOf(const Ticket& ticket, const Subjects& subjects);
api::Json JsonOf(const Message& message);
api::Json JsonOf(const std::optional<Rating>& rating);
api::Json JsonOf(const std::optional<Dispute>& dispute);
api::Json WatchersJson(const std::vector<Watcher>& watchers);
void AddTicketSchemas(Registrar& registrar);

}  // namespace livery::service_desk
