#pragma once

#include <string>
#include <string_view>

#include <livery/db/database.h>

#include "identity/user_repository.h"

namespace livery::identity {

// A purpose that two services know: who closes a login ends the links that set a password.
inline constexpr std::string_view kResetPassword = "reset_password";

// Gives the text of a link that goes by mail, keeps its hash alone, and ends the earlier ones of
// the same user and purpose. `token.hash` is filled in here.
std::string IssueLink(db::Transaction& tx, NewToken token);

}  // namespace livery::identity
