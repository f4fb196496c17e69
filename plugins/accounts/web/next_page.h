#pragma once

#include <string>

#include <livery/http/request_context.h>

namespace livery::accounts {

// Where to go after signing in: a path of this host, handed on from page to page; "/" when none
// was given or it could lead away.
std::string NextOf(const RequestContext& request);
// `path`, which may have a query, with the next page in it, when there is one to hand on.
std::string WithNext(const std::string& path, const std::string& next);

}  // namespace livery::accounts
