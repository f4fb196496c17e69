#include "api/ticket_writing.h"

namespace livery::service_desk {

void AddTicketWriting(Registrar& registrar, TicketWriting writing) {
    api::Operation operation{writing.method,
                             writing.path,
                             writing.id,
                             "Tickets",
                             writing.scope,
                             writing.summary,
                             "409 when the ticket is closed, or was merged, or would be over "
                             "before what it disputes is decided.",
                             {},
                             writing.body,
                             writing.reply,
                             200,
                             std::move(writing.handler)};
    operation.prepare = std::move(writing.prepare);
    registrar.Add(std::move(operation));
}

Writer WriterOf(const api::Call& call) {
    return {std::nullopt, call.body.at("by").get<std::string>(), "", "",
            call.request.request().client_address};
}

std::optional<TicketState> StateIn(const api::Json& body) {
    return body.contains("state") ? TicketStateFrom(body["state"].get<std::string>())
                                  : std::nullopt;
}

}  // namespace livery::service_desk
