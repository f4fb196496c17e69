#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/http/request_context.h>
#include <livery/ports/line_objections.h>
#include <livery/view/form_page.h>

#include "app/subjects.h"

namespace livery::service_desk {

// What a new request is about, as its address says: `?about=invoice:inv_…`, and with `&dispute=1`
// that the line is not owed.
struct Asked {
    About about;
    std::string text;  // as the address has it; "": about nothing
    TicketSubject subject;
    bool disputes = false;
    // Of a dispute: what would be disputed, or why nothing is.
    std::optional<Result<LineObjections::Disputed>> disputed = {};
};

std::string PathAbout(std::string_view text, bool disputes);
// kNotFound: there is no such thing, or it is another account's.
Result<Asked> AskedOf(const RequestContext& request, const Subjects& subjects);
// Says so in the form, and keeps it through errors.
void FillIn(const RequestContext& request, const Asked& asked, FormPage& form);

}  // namespace livery::service_desk
