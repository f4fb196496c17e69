#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/http/session_cookie.h>
#include <livery/ids.h>
#include <livery/realm.h>
#include <livery/result.h>

namespace livery {

// Logins: who a person is at one tenant. The same e-mail address at two tenants is two people.
// Nothing here tells whether an address is known: an unknown one costs the same and is answered
// the same. Thread: any; calls that hash a password take about 0.1 s and are let in two at a time.
class Identity {
 public:
    static constexpr std::string_view kPortId = "livery.identity/1";
    virtual ~Identity();

    // What is wrong with a new password: a text key (`password.too_short`, `password.too_long`,
    // `password.is_email`, `password.too_common`); nullopt when it is fine (NIST SP 800-63B).
    virtual std::optional<std::string> CheckPassword(std::string_view password,
                                                     std::string_view email) const = 0;
    // Whether the text can be an address that mail is sent to.
    virtual bool IsEmail(std::string_view text) const = 0;
    // Argon2id, as text with its own parameters. kUnavailable when too many wait already.
    virtual Result<std::string> HashPassword(const std::string& password) = 0;

    struct NewUser {
        std::string email;
        std::string display_name;
        std::string password_hash;
        SubjectId subject;
        std::string language;
        Realm realm = Realm::kPortal;
    };
    // kConflict: the address is taken in this realm of the tenant.
    virtual Result<UserId> CreateUser(db::Transaction& tx, const NewUser& user) = 0;

    struct User {
        UserId id;
        SubjectId subject;
        std::string email;
        std::string display_name;
        std::string language;
        std::string time_zone;
        bool verified = false;
        bool closed = false;  // opens nothing any more
        Realm realm = Realm::kPortal;
    };
    virtual std::optional<User> FindByEmail(db::Transaction& tx, Realm realm,
                                            std::string_view email) = 0;
    virtual std::optional<User> Find(db::Transaction& tx, UserId user) = 0;
    virtual void MarkVerified(db::Transaction& tx, UserId user) = 0;

    // Links in mails. The text is 256 random bits, kept as a hash; it works once and for a while
    // (verify: 24 h, reset: 1 h). A new one of the same purpose ends the earlier ones.
    enum class TokenPurpose { kVerifyEmail, kResetPassword };
    virtual std::string IssueToken(db::Transaction& tx, UserId user, TokenPurpose purpose) = 0;
    // kNotFound: unknown, used or too old.
    virtual Result<UserId> RedeemToken(db::Transaction& tx, std::string_view token,
                                       TokenPurpose purpose) = 0;

    // A new address for a login: the link goes there and names it; until it is redeemed nothing
    // changes. Good for 24 h; a new one ends the earlier ones.
    virtual std::string IssueAddressChange(db::Transaction& tx, UserId user,
                                           std::string_view new_email) = 0;
    // Gives the address that the login had; links to it that set a new password end. kNotFound: the
    // link is unknown, used, too old or another user's. kConflict: the address was taken meanwhile.
    virtual Result<std::string> RedeemAddressChange(db::Transaction& tx, UserId user,
                                                    std::string_view token) = 0;

    struct SignInRequest {
        TenantId tenant;
        std::string email;
        std::string password;
        std::string address;
        std::string user_agent;
        bool remember = false;
        Realm realm = Realm::kPortal;
    };
    struct SignInOutcome {
        UserId user;
        bool verified = false;
        // The session is half open for ten minutes: good for SecondFactor::Pass and nothing else.
        bool second_factor_due = false;
        SessionCookie session;  // empty while the address is not verified
        // Of the console: nobody works there without a second step. The session is good for setting
        // one up (SecondFactor::Begin, TurnOn) and nothing else, for a quarter of an hour.
        bool enrolment_due = false;
    };
    // kUnauthenticated: wrong address or password, or locked; which one is not said.
    virtual Result<SignInOutcome> SignIn(const SignInRequest& request) = 0;
    virtual void SignOut(const TenantId& tenant, UserId user, SessionId session,
                         const std::string& address) = 0;

    // Ends all sessions of the user.
    virtual void SetPassword(db::Transaction& tx, UserId user,
                             const std::string& password_hash) = 0;
    // Before something that a stolen session must not do. kInvalidArgument on `current`: wrong, or
    // locked after too many; a failure counts like one at sign-in.
    virtual Result<void> ProvePassword(const TenantId& tenant, UserId user,
                                       const std::string& current, const std::string& address) = 0;
    struct PasswordChange {
        UserId user;
        SessionId session;
        std::string address;
        std::string current;
        std::string wanted;
    };
    // Ends all other sessions and gives the caller's a new token. kInvalidArgument on `current` or
    // `password`.
    virtual Result<SessionCookie> ChangePassword(const TenantId& tenant,
                                                 const PasswordChange& change) = 0;

    struct Session {
        SessionId id;
        Instant created_at;
        Instant last_seen_at;
        std::string address;
        std::string user_agent;
    };
    virtual std::vector<Session> ListSessions(const TenantId& tenant, UserId user) = 0;
    // kNotFound when it is not a session of that user.
    virtual Result<void> EndSession(const TenantId& tenant, UserId user, SessionId session) = 0;
    virtual void EndOtherSessions(const TenantId& tenant, UserId user, SessionId keep) = 0;

    struct Preferences {
        std::string display_name;
        std::string language;
        std::string time_zone;
        std::string color_scheme;
    };
    // Empty fields stay as they are.
    virtual void UpdatePreferences(db::Transaction& tx, UserId user,
                                   const Preferences& preferences) = 0;
};

}  // namespace livery
