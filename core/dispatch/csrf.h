#pragma once

#include <string>
#include <string_view>

#include <livery/http/request.h>

namespace livery::dispatch {

// Two independent checks on every state change: the form's token belongs to this session (or, for
// people who are not signed in, to this browser's form cookie), and the browser says that the form
// stood on this very host.

// The token for a form cookie: a keyed hash, so that nobody can make a pair without the host's key.
std::string FormToken(std::string_view host_key, std::string_view tenant,
                      std::string_view form_cookie);
// True when Origin, or else Referer, names the scheme, host and port that the request came to.
// Browsers send Origin with every POST; a request with neither is refused.
bool ComesFromThisHost(const Request& request);
bool SameToken(std::string_view expected, std::string_view given);  // in constant time; "" never

}  // namespace livery::dispatch
