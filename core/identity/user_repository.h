#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/identity.h>

namespace livery::identity {

// What signing in looks at.
struct Credential {
    Identity::User user;
    std::string password_hash;
    int failed_sign_ins = 0;
    std::optional<Instant> locked_until;
    bool second_factor_on = false;
};

// A link in a mail. `email` is the address that it shall give the login; empty for other purposes.
struct NewToken {
    std::string hash;
    UserId user;
    std::string purpose;
    Instant ends;
    std::string email = {};
};
struct FoundToken {
    UserId user;
    Realm realm = Realm::kPortal;
    std::string email;
};

// As it stands in the database.
std::string_view ToText(Realm realm);
Realm RealmFrom(std::string_view text);
// By commas, so that SQL finds one of them.
std::string ToText(const std::set<std::string>& roles);
std::set<std::string> RolesFrom(std::string_view text);

// All SQL of users and of the links in mails.
class UserRepository {
 public:
    static void Insert(db::Transaction& tx, UserId id, const Identity::NewUser& user, Instant now);
    static std::optional<Credential> FindByEmail(db::Transaction& tx, Realm realm,
                                                 std::string_view email_key);
    static std::optional<Credential> Find(db::Transaction& tx, UserId user);
    static void NoteFailure(db::Transaction& tx, UserId user, std::optional<Instant> locked_until);
    static void ForgetFailures(db::Transaction& tx, UserId user);
    static void MarkVerified(db::Transaction& tx, UserId user, Instant now);
    static void SetPassword(db::Transaction& tx, UserId user, const std::string& hash);
    static void UpdatePreferences(db::Transaction& tx, UserId user,
                                  const Identity::Preferences& preferences);

    static void SetEmail(db::Transaction& tx, UserId user, const std::string& email);

    static void InsertToken(db::Transaction& tx, const NewToken& token);
    static void EndTokens(db::Transaction& tx, UserId user, std::string_view purpose);
    // Locks it until the transaction ends, which also ends it by EndTokens: of two that try at a
    // time, one gets it.
    static std::optional<FoundToken> FindToken(db::Transaction& tx, const std::string& hash,
                                               std::string_view purpose, Instant now);
};

}  // namespace livery::identity
