#include "identity/identity_service.h"

#include <livery/db/failure.h>

#include "identity/lockout.h"
#include "identity/mail_link.h"
#include "identity/open_session.h"
#include "identity/rules.h"
#include "identity/session_repository.h"
#include "identity/user_repository.h"

namespace livery::identity {

namespace {

constexpr std::string_view kChangeEmail = "change_email";

std::string_view ToString(Identity::TokenPurpose purpose) {
    return purpose == Identity::TokenPurpose::kVerifyEmail ? "verify_email" : kResetPassword;
}

std::chrono::hours LifetimeOf(Identity::TokenPurpose purpose) {
    return std::chrono::hours(purpose == Identity::TokenPurpose::kVerifyEmail ? 24 : 1);
}

Error WrongPasswordOrLocked() {
    return {ErrorCode::kUnauthenticated, "wrong address or password, or locked", {}};
}

dispatch::Stage StageAfter(const Identity::SignInOutcome& outcome) {
    if (outcome.second_factor_due) return dispatch::Stage::kSecondFactorDue;
    return outcome.enrolment_due ? dispatch::Stage::kEnrolmentDue : dispatch::Stage::kWhole;
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
    if (UserRepository::FindByEmail(tx, user.realm, EmailKey(user.email)))
        return Conflict("the address is taken");
    try {
        UserRepository::Insert(tx, id, user, clock_.Now());
    } catch (const db::DuplicateKey&) {
        return Conflict("the address was taken meanwhile");
    }
    Record(tx, id, "user.created", "");
    return id;
}

std::optional<Identity::User> IdentityService::FindByEmail(db::Transaction& tx, Realm realm,
                                                           std::string_view email) {
    const auto found = UserRepository::FindByEmail(tx, realm, EmailKey(email));
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
    return IssueLink(
        tx, {"", user, std::string(ToString(purpose)), clock_.Now() + LifetimeOf(purpose)});
}

Result<UserId> IdentityService::RedeemToken(db::Transaction& tx, std::string_view token,
                                            TokenPurpose purpose) {
    const auto found =
        UserRepository::FindToken(tx, TokenHash(token), ToString(purpose), clock_.Now());
    if (!found) return NotFound("the link is unknown, used or too old");
    UserRepository::EndTokens(tx, found->user, ToString(purpose));
    Record(tx, found->user,
           purpose == TokenPurpose::kVerifyEmail ? "verify_link.used" : "reset_link.used", "");
    return found->user;
}

std::string IdentityService::IssueAddressChange(db::Transaction& tx, UserId user,
                                                std::string_view new_email) {
    std::string token =
        IssueLink(tx, {"", user, std::string(kChangeEmail), clock_.Now() + std::chrono::hours(24),
                       std::string(new_email)});
    Record(tx, user, "email_change.asked", "");
    return token;
}

Result<std::string> IdentityService::RedeemAddressChange(db::Transaction& tx, UserId user,
                                                         std::string_view token) {
    const auto found = UserRepository::FindToken(tx, TokenHash(token), kChangeEmail, clock_.Now());
    const auto known = UserRepository::Find(tx, user);
    if (!found || !known || found->user != user)
        return NotFound("the link is unknown, used, too old or another user's");
    UserRepository::EndTokens(tx, user, kChangeEmail);
    const auto holder = UserRepository::FindByEmail(tx, found->realm, EmailKey(found->email));
    if (holder && holder->user.id != user) return Conflict("the address was taken meanwhile");
    try {
        UserRepository::SetEmail(tx, user, found->email);
    } catch (const db::DuplicateKey&) {
        return Conflict("the address was taken meanwhile");
    }
    UserRepository::EndTokens(tx, user, ToString(TokenPurpose::kResetPassword));
    tx.Touch(known->user.subject);
    Record(tx, user, "email.changed", "");
    return known->user.email;
}

// The password is checked between two transactions: hashing takes long, and no row stays locked.
Result<Identity::SignInOutcome> IdentityService::SignIn(const SignInRequest& request) {
    std::optional<Credential> found;
    database_.Transact(request.tenant, [&](db::Transaction& tx) {
        found = UserRepository::FindByEmail(tx, request.realm, EmailKey(request.email));
    });
    if (!LIVERY_TRY(Prove(request.tenant, found, request.password, request.address)))
        return WrongPasswordOrLocked();
    if (!found->user.verified) return SignInOutcome{found->user.id, false};
    Result<SignInOutcome> outcome = WrongPasswordOrLocked();
    database_.Transact(request.tenant, [&](db::Transaction& tx) {
        // What was proved may be no more: the login was closed, or its password set, meanwhile.
        const auto now = UserRepository::Find(tx, found->user.id);
        if (now && !now->user.closed && now->password_hash == found->password_hash)
            outcome = Open(tx, request, *now);
    });
    return outcome;
}

// An address that nobody has, and one that is locked, cost the same as a real check.
Result<bool> IdentityService::Prove(const TenantId& tenant, const std::optional<Credential>& found,
                                    const std::string& password, std::string_view address) {
    const bool locked = found && IsLocked(*found, clock_.Now());
    // Nobody signs in with a login that is closed, or whose invitation was not taken yet.
    const bool usable = found && !found->user.closed && !found->password_hash.empty();
    if (LIVERY_TRY(usable && !locked ? hasher_.Verify(found->password_hash, password)
                                     : hasher_.VerifyNothing(password)))
        return true;
    database_.Transact(tenant, [&](db::Transaction& tx) {
        const auto user = found ? std::optional(found->user.id) : std::nullopt;
        if (user && !locked) CountFailure(tx, *user, clock_.Now());
        Record(tx, user, locked ? "sign_in.locked" : "sign_in.wrong", address);
    });
    return false;
}

Identity::SignInOutcome IdentityService::Open(db::Transaction& tx, const SignInRequest& request,
                                              const Credential& found) {
    SignInOutcome outcome{found.user.id, true, found.second_factor_on};
    outcome.enrolment_due = request.realm == Realm::kConsole && !found.second_factor_on;
    // Whoever comes back takes along what they left behind: the table stays as long as people are.
    SessionRepository::DeleteEnded(tx, found.user.id, clock_.Now());
    outcome.session = OpenSession(tx, ids_, clock_.Now(),
                                  {found.user.id, request.remember, StageAfter(outcome),
                                   request.address, request.user_agent});
    if (outcome.second_factor_due || outcome.enrolment_due) {
        // The failures stay until the second step is passed: else guessing codes had no end.
        Record(tx, found.user.id, "sign_in.first_step", request.address);
    } else {
        UserRepository::ForgetFailures(tx, found.user.id);
        Record(tx, found.user.id, "sign_in.done", request.address);
    }
    return outcome;
}

void IdentityService::SignOut(const TenantId& tenant, UserId user, SessionId session,
                              const std::string& address) {
    database_.Transact(tenant, [&](db::Transaction& tx) {
        if (SessionRepository::DeleteById(tx, user, session) > 0)
            Record(tx, user, "sign_out.done", address);
    });
}

void IdentityService::SetPassword(db::Transaction& tx, UserId user,
                                  const std::string& password_hash) {
    UserRepository::SetPassword(tx, user, password_hash);
    SessionRepository::DeleteOthers(tx, user, SessionId());
    Record(tx, user, "password.set", "");
}

Result<Credential> IdentityService::Proved(const TenantId& tenant, UserId user,
                                           const std::string& current, const std::string& address) {
    std::optional<Credential> found;
    database_.Transact(tenant,
                       [&](db::Transaction& tx) { found = UserRepository::Find(tx, user); });
    if (!LIVERY_TRY(Prove(tenant, found, current, address)))
        return InvalidField("current", "password.wrong");
    return *found;
}

Result<void> IdentityService::ProvePassword(const TenantId& tenant, UserId user,
                                            const std::string& current,
                                            const std::string& address) {
    LIVERY_TRY(Proved(tenant, user, current, address));
    return {};
}

Result<SessionCookie> IdentityService::ChangePassword(const TenantId& tenant,
                                                      const PasswordChange& change) {
    const Credential found =
        LIVERY_TRY(Proved(tenant, change.user, change.current, change.address));
    if (auto wrong = WrongPassword(change.wanted, found.user.email))
        return InvalidField("password", *wrong);
    const std::string hash = LIVERY_TRY(hasher_.Hash(change.wanted));
    SessionCookie cookie;
    database_.Transact(tenant, [&](db::Transaction& tx) {
        UserRepository::SetPassword(tx, change.user, hash);
        SessionRepository::DeleteOthers(tx, change.user, change.session);
        cookie = RotateSession(tx, change.user, change.session);
        Record(tx, change.user, "password.changed", change.address);
    });
    return cookie;
}

void IdentityService::Unlock(db::Transaction& tx, UserId user) {
    UserRepository::ForgetFailures(tx, user);
    Record(tx, user, "user.unlocked", "");
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
    audit_.Record(tx, {action, user, {}, address});
}

}  // namespace livery::identity
