#pragma once

#include "identity/user_repository.h"

namespace livery::identity {

// Wrong passwords and wrong codes count together: whoever guesses one is stopped at the other too.
bool IsLocked(const Credential& credential, Instant now);
// Counted under the row's lock: another attempt may fail at the same time.
void CountFailure(db::Transaction& tx, UserId user, Instant now);

}  // namespace livery::identity
