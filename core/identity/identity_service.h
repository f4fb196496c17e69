#pragma once

#include <livery/ports/audit.h>
#include <livery/ports/identity.h>
#include <livery/time/clock.h>

#include "dispatch/session_source.h"
#include "identity/rate_limiter.h"
#include "identity/secrets.h"
#include "identity/user_repository.h"

namespace livery::identity {

// Identity for plugins, and the sessions of the dispatcher. Thread: any.
class IdentityService final : public Identity, public dispatch::SessionSource {
 public:
    IdentityService(db::Database& database, const Clock& clock, IdSource& ids, Audit& audit)
        : database_(database), clock_(clock), ids_(ids), audit_(audit) {}

    std::optional<std::string> CheckPassword(std::string_view password,
                                             std::string_view email) const override;
    bool IsEmail(std::string_view text) const override;
    Result<std::string> HashPassword(const std::string& password) override {
        return hasher_.Hash(password);
    }
    Result<UserId> CreateUser(db::Transaction& tx, const NewUser& user) override;
    std::optional<User> FindByEmail(db::Transaction& tx, Realm realm,
                                    std::string_view email) override;
    std::optional<User> Find(db::Transaction& tx, UserId user) override;
    void MarkVerified(db::Transaction& tx, UserId user) override;
    std::string IssueToken(db::Transaction& tx, UserId user, TokenPurpose purpose) override;
    Result<UserId> RedeemToken(db::Transaction& tx, std::string_view token,
                               TokenPurpose purpose) override;
    std::string IssueAddressChange(db::Transaction& tx, UserId user,
                                   std::string_view new_email) override;
    Result<std::string> RedeemAddressChange(db::Transaction& tx, UserId user,
                                            std::string_view token) override;
    Result<SignInOutcome> SignIn(const SignInRequest& request) override;
    void SignOut(const TenantId& tenant, UserId user, SessionId session,
                 const std::string& address) override;
    void SetPassword(db::Transaction& tx, UserId user, const std::string& password_hash) override;
    Result<void> ProvePassword(const TenantId& tenant, UserId user, const std::string& current,
                               const std::string& address) override;
    Result<SessionCookie> ChangePassword(const TenantId& tenant,
                                         const PasswordChange& change) override;
    std::vector<Session> ListSessions(const TenantId& tenant, UserId user) override;
    Result<void> EndSession(const TenantId& tenant, UserId user, SessionId session) override;
    void EndOtherSessions(const TenantId& tenant, UserId user, SessionId keep) override;
    void UpdatePreferences(db::Transaction& tx, UserId user,
                           const Preferences& preferences) override;

    std::optional<dispatch::SessionState> Find(const TenantId& tenant,
                                               std::string_view token) override;
    void ChooseDisplay(const TenantId& tenant, const Visitor& visitor, const std::string& locale,
                       const std::string& color_scheme) override;
    bool Admit(const TenantId& tenant, RateClass rate, const std::string& address) override;

    // For an operator: the failures are forgotten, the lock is open.
    void Unlock(db::Transaction& tx, UserId user);

 private:
    // The user, once the password is proved; kInvalidArgument on `current` as ProvePassword.
    Result<Credential> Proved(const TenantId& tenant, UserId user, const std::string& current,
                              const std::string& address);
    // Whether the password is right; a wrong one, or any while locked, is counted and recorded.
    Result<bool> Prove(const TenantId& tenant, const std::optional<Credential>& found,
                       const std::string& password, std::string_view address);
    SignInOutcome Open(db::Transaction& tx, const SignInRequest& request, const Credential& found);
    void Record(db::Transaction& tx, std::optional<UserId> user, std::string_view action,
                std::string_view address);

    db::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
    Audit& audit_;
    PasswordHasher hasher_;
    RateLimiter limiter_;
};

}  // namespace livery::identity
