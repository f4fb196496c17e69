#pragma once

#include <string>

#include <livery/http/request_context.h>

#include "app/door.h"

namespace livery::accounts {

// Where to go after signing in: a path of the same realm, handed on from page to page; the door's
// home when none was given or it could lead away.
std::string NextOf(const RequestContext& request, const Door& door);
// `path`, which may have a query, with the next page in it, when there is one to hand on.
std::string WithNext(const std::string& path, const std::string& next, const Door& door);

}  // namespace livery::accounts
