#pragma once

#include <string>
#include <vector>

#include <livery/http/request_context.h>
#include <livery/view/form_page.h>
#include <livery/view/view.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// The files of a form, as they came.
std::vector<Upload> UploadsOf(const RequestContext& request);

// The form that both sides answer with: what was typed, what was wrong about it, and the field for
// files. `error`: nullptr when nothing was sent yet.
void AddReplyForm(const RequestContext& request, const Error* error, View& view);

// The field for files of a form of its own; its hint says what is taken. Not to be added where the
// tenant takes none.
FormField FilesField(const RequestContext& request);
bool TakesFiles(const RequestContext& request);

// One row for each file of a message: its name, kind and size, and where it is.
void AddFiles(const RequestContext& request, const Message& message, const std::string& ticket_href,
              ViewModel& row);

}  // namespace livery::service_desk
