#pragma once

#include <livery/http/request_context.h>
#include <livery/view/form_page.h>

namespace livery::accounts {

// What several forms of a login ask for.
FormField EmailField(const RequestContext& request);
FormField NewPasswordField(const RequestContext& request);

}  // namespace livery::accounts
