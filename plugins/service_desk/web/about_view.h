#pragma once

#include <optional>

#include <livery/http/request_context.h>
#include <livery/view/view_model.h>

#include "app/subjects.h"
#include "domain/dispute.h"

namespace livery::service_desk {

// The words of the plugins that own things, for who asks.
Subjects::WordsOf WordsFor(const RequestContext& request);
// What a ticket is about, with the way there for who reads: a subscriber, or one of the staff.
void ShowAbout(const RequestContext& request, const Subjects& subjects, const Ticket& ticket,
               ViewModel& model);
// What it disputes, and what that means for who reads it.
void ShowDispute(const RequestContext& request, const std::optional<Dispute>& dispute, Party reader,
                 ViewModel& model);

}  // namespace livery::service_desk
