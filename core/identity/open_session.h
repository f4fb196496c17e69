#pragma once

#include <string>

#include <livery/db/database.h>
#include <livery/http/session_cookie.h>
#include <livery/ids.h>

#include "dispatch/session_source.h"

namespace livery::identity {

struct SessionStart {
    UserId user;
    bool remember = false;
    // Half open, for a while, for the step that is to come only.
    dispatch::Stage stage = dispatch::Stage::kWhole;
    std::string address;
    std::string user_agent;
};
// A new session under a new random token; only the token's hash is stored.
SessionCookie OpenSession(db::Transaction& tx, IdSource& ids, Instant now,
                          const SessionStart& start);
// The same session under a new token: the old one, which somebody may have learnt, is dead. An
// unknown session gives an empty token.
SessionCookie RotateSession(db::Transaction& tx, UserId user, SessionId session);

}  // namespace livery::identity
