#include "identity/identity_service.h"

#include <livery/db/failure.h>

#include "identity/rules.h"
#include "identity/session_repository.h"
#include "identity/user_repository.h"

namespace livery::identity {

namespace {

std::string_view ToString(Identity::TokenPurpose purpose) {
    return purpose == Identity::TokenPurpose::kVerifyEmail ? "verify_email" : "reset_password";
}

std::chrono::hours LifetimeOf(Identity::TokenPurpose purpose) {
    return std::chrono::hours(purpose == Identity::TokenPurpose::kVerifyEmail ? 24 : 1);
}

// A header may hold any bytes; what we store and show is ASCII.
std::string PlainText(const std::string& bytes, std::size_t most) {
    std::string text = bytes.substr(0, most);
    for (char& c : text) {
        if (c < 0x20 || c > 0x7E) c = '?';
    }
    return text;
}

Error WrongCredentials() {
    return {ErrorCode::kUnauthenticated, "wrong address or password, or locked", {}};
}

}  // namespace

std::optional<std::string> IdentityService::CheckPassword(std::string_view password,
                                                          std::string_view email) const {
    return WrongPassword(password, email);
}

bool IdentityService::IsEmail(std::string_view text) const { return LooksLikeEmail(text); }

Result<UserId> IdentityService::CreateUser(db::Transaction& tx, const NewUser& user) {
    const UserId id(ids_.Next());
    // Looked up first: a duplicate key would leave a gap lock, and the transaction goes on.
    if (UserRepository::FindByEmail(tx, EmailKey(user.email)))
        return Conflict("the address is taken");
    try {
        UserRepository::Insert(tx, id, user, clock_.Now());
    } catch (const db::DuplicateKey&) {
        return Conflict("the address was taken meanwhile");
    }
    Record(tx, id, "user.created", "");
    return id;
}

std::optional<Identity::User> IdentityService::FindByEmail(db::Transaction& tx,
                                                           std::string_view email) {
    const auto found = UserRepository::FindByEmail(tx, EmailKey(email));
    if (!found) return std::nullopt;
    return found->user;
}

std::optional<Identity::User> IdentityService::Find(db::Transaction& tx, UserId user) {
    const auto found = UserRepository::Find(tx, user);
    if (!found) return std::nullopt;
    return found->user;
}

void IdentityService::MarkVerified(db::Transaction& tx, UserId user) {
    UserRepository::MarkVerified(tx, user, clock_.Now());
    Record(tx, user, "user.verified", "");
}

std::string IdentityService::IssueToken(db::Transaction& tx, UserId user, TokenPurpose purpose) {
    std::string token = RandomToken();
    UserRepository::EndTokens(tx, user, ToString(purpose));
    UserRepository::InsertToken(tx, TokenHash(token), user, ToString(purpose),
                                clock_.Now() + LifetimeOf(purpose));
    return token;
}

Result<UserId> IdentityService::RedeemToken(db::Transaction& tx, std::string_view token,
                                            TokenPurpose purpose) {
    const auto user =
        UserRepository::TakeToken(tx, TokenHash(token), ToString(purpose), clock_.Now());
    if (!user) return NotFound("the link is unknown, used or too old");
    return *user;
}

// The password is checked between two transactions: hashing takes long, and no row stays locked.
Result<Identity::SignInOutcome> IdentityService::SignIn(const SignInRequest& request) {
    std::optional<Credential> found;
    database_.Transact(request.tenant, [&](db::Transaction& tx) {
        found = UserRepository::FindByEmail(tx, EmailKey(request.email));
    });
    const bool locked = found && found->locked_until && *found->locked_until > clock_.Now();
    const bool right =
        LIVERY_TRY(found && !locked ? hasher_.Verify(found->password_hash, request.password)
                                    : hasher_.VerifyNothing(request.password));
    if (!right) {
        NoteFailure(request, found ? std::optional(found->user.id) : std::nullopt, locked);
        return WrongCredentials();
    }
    if (!found->user.verified) return SignInOutcome{found->user.id, false, ""};
    SignInOutcome outcome;
    database_.Transact(request.tenant, [&](db::Transaction& tx) {
        outcome = OpenSession(tx, request, found->user);
    });
    return outcome;
}

Identity::SignInOutcome IdentityService::OpenSession(db::Transaction& tx,
                                                     const SignInRequest& request,
                                                     const User& user) {
    const Instant now = clock_.Now();
    SignInOutcome outcome{user.id, true, RandomToken()};
    const Instant ends = request.remember ? now + kRemembered : now + kAbsolute;
    SessionRepository::Insert(
        tx, {TokenHash(outcome.session_token), SessionId(ids_.Next()), user.id, RandomToken(), now,
             ends, request.remember, request.address.substr(0, 64),
             PlainText(request.user_agent, 200)});
    UserRepository::ForgetFailures(tx, user.id);
    Record(tx, user.id, "sign_in.ok", request.address);
    return outcome;
}

void IdentityService::NoteFailure(const SignInRequest& request, const std::optional<UserId>& user,
                                  bool locked) {
    database_.Transact(request.tenant, [&](db::Transaction& tx) {
        // Counted under the row's lock: another attempt may have failed meanwhile.
        const auto known = user && !locked ? UserRepository::Find(tx, *user) : std::nullopt;
        if (known) {
            const auto lock = LockFor(known->failed_sign_ins + 1);
            UserRepository::NoteFailure(
                tx, *user, lock.count() > 0 ? std::optional(clock_.Now() + lock) : std::nullopt);
        }
        Record(tx, user, locked ? "sign_in.locked" : "sign_in.wrong", request.address);
    });
}

void IdentityService::SignOut(const TenantId& tenant, std::string_view session_token) {
    database_.Transact(tenant, [&](db::Transaction& tx) {
        SessionRepository::Delete(tx, TokenHash(session_token));
        Record(tx, std::nullopt, "sign_out", "");
    });
}

void IdentityService::SetPassword(db::Transaction& tx, UserId user,
                                  const std::string& password_hash) {
    UserRepository::SetPassword(tx, user, password_hash);
    SessionRepository::DeleteOthers(tx, user, SessionId());
    Record(tx, user, "password.set", "");
}

Result<void> IdentityService::ChangePassword(const TenantId& tenant, UserId user, SessionId keep,
                                             const std::string& current,
                                             const std::string& wanted) {
    std::optional<Credential> found;
    database_.Transact(tenant,
                       [&](db::Transaction& tx) { found = UserRepository::Find(tx, user); });
    if (!found) return NotFound("no such user");
    if (!LIVERY_TRY(hasher_.Verify(found->password_hash, current)))
        return InvalidField("current", "password.wrong");
    if (auto wrong = WrongPassword(wanted, found->user.email))
        return InvalidField("password", *wrong);
    const std::string hash = LIVERY_TRY(hasher_.Hash(wanted));
    database_.Transact(tenant, [&](db::Transaction& tx) {
        UserRepository::SetPassword(tx, user, hash);
        SessionRepository::DeleteOthers(tx, user, keep);
        Record(tx, user, "password.changed", "");
    });
    return {};
}

std::vector<Identity::Session> IdentityService::ListSessions(const TenantId& tenant, UserId user) {
    return SessionRepository::List(database_, tenant, user, clock_.Now());
}

Result<void> IdentityService::EndSession(const TenantId& tenant, UserId user, SessionId session) {
    std::uint64_t ended = 0;
    database_.Transact(tenant, [&](db::Transaction& tx) {
        ended = SessionRepository::DeleteById(tx, user, session);
        if (ended > 0) Record(tx, user, "session.ended", "");
    });
    if (ended == 0) return NotFound("no such session");
    return {};
}

void IdentityService::EndOtherSessions(const TenantId& tenant, UserId user, SessionId keep) {
    database_.Transact(tenant, [&](db::Transaction& tx) {
        SessionRepository::DeleteOthers(tx, user, keep);
        Record(tx, user, "session.others_ended", "");
    });
}

void IdentityService::UpdatePreferences(db::Transaction& tx, UserId user,
                                        const Preferences& preferences) {
    UserRepository::UpdatePreferences(tx, user, preferences);
    if (const auto found = UserRepository::Find(tx, user)) tx.Touch(found->user.subject);
    Record(tx, user, "preferences.changed", "");
}

std::optional<dispatch::SessionState> IdentityService::Find(const TenantId& tenant,
                                                            std::string_view token) {
    constexpr std::chrono::minutes kTouchEvery{1};
    const std::string hash = TokenHash(token);
    const Instant now = clock_.Now();
    auto found = SessionRepository::Find(database_, tenant, hash, now);
    if (!found) return std::nullopt;
    if (!found->remembered && now - found->last_seen_at > kTouchEvery) {
        database_.Transact(tenant, [&](db::Transaction& tx) {
            SessionRepository::Touch(tx, hash, now, now + kIdle);
        });
    }
    found->state.visitor.session_token = token;
    return std::move(found->state);
}

void IdentityService::ChooseDisplay(const TenantId& tenant, const Visitor& visitor,
                                    const std::string& locale, const std::string& color_scheme) {
    database_.Transact(tenant, [&](db::Transaction& tx) {
        UserRepository::UpdatePreferences(tx, visitor.user, {"", locale, "", color_scheme});
        tx.Touch(visitor.subject);
    });
}

bool IdentityService::Admit(const TenantId& tenant, RateClass rate, const std::string& address) {
    // A person mistypes a few times; a list of leaked passwords needs thousands of tries.
    const RateLimiter::Rate allowed =
        rate == RateClass::kCredential ? RateLimiter::Rate{20, 1.0 / 6} : RateLimiter::Rate{60, 1};
    const std::string key =
        tenant.value() + (rate == RateClass::kCredential ? "|c|" : "|f|") + address;
    return limiter_.Admit(key, allowed, std::chrono::steady_clock::now());
}

void IdentityService::Record(db::Transaction& tx, std::optional<UserId> user,
                             std::string_view action, std::string_view address) {
    UserRepository::Record(tx, ids_.Next(), clock_.Now(), user, action, address.substr(0, 64));
}

}  // namespace livery::identity
