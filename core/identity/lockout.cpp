#include "identity/lockout.h"

#include "identity/rules.h"

namespace livery::identity {

bool IsLocked(const Credential& credential, Instant now) {
    return credential.locked_until && *credential.locked_until > now;
}

void CountFailure(db::Transaction& tx, UserId user, Instant now) {
    const auto known = UserRepository::Find(tx, user);
    if (!known) return;
    const auto lock = LockFor(known->failed_sign_ins + 1);
    UserRepository::NoteFailure(tx, user,
                                lock.count() > 0 ? std::optional(now + lock) : std::nullopt);
}

}  // namespace livery::identity
