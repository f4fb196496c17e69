#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "domain/ticket.h"

namespace livery::service_desk {

api::Json JsonOf(const Ticket& ticket);
api::Json JsonOf(const Message& message);
void AddTicketSchemas(Registrar& registrar);

}  // namespace livery::service_desk
