#pragma once

#include <livery/http/request.h>
#include <livery/http/route.h>

namespace livery::dispatch {

// No number of a bank card is taken anywhere: what holds one is refused before anybody has read it.
// Pure.

// Wherever a person or a program can put one; what is uploaded is looked at by who reads it. Of the
// headers only the key of a repeat is kept as it came.
bool HoldsCardNumber(const Request& request);
// Not what providers bring, in their messages or on the way back from their pages: their numbers
// are their own. A page that is only read keeps nothing, and no log has its query.
bool IsLookedAt(const Route& route, const Request& request);

}  // namespace livery::dispatch
