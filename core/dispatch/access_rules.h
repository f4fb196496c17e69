#pragma once

#include <optional>
#include <string>

#include <livery/http/route.h>
#include <livery/realm.h>

#include "dispatch/session_source.h"

namespace livery::dispatch {

// Who may see a page by how far they have come in signing in. Pure.

std::string HomeOf(Realm realm);
std::string SignInPathOf(Realm realm);
// The one page that is open to somebody at this stage; none: without a session.
std::string WayOn(Realm realm, std::optional<Stage> stage);
// Where they are sent instead of the page; nullopt: it is open to them. `path`: to come back to
// once they are signed in; "" = not worth it.
std::optional<std::string> Elsewhere(Access access, Realm realm, std::optional<Stage> stage,
                                     const std::string& path);

}  // namespace livery::dispatch
