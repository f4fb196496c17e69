#pragma once

#include <livery/http/route.h>
#include <livery/view/form_page.h>

namespace livery {

// The form once more, with what was wrong beside its fields. An error that no field explains is
// passed on.
Result<Reply> FormAgain(const RequestContext& request, FormPage form, const Error& error);

}  // namespace livery
