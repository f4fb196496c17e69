#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/http/session_cookie.h>
#include <livery/ids.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>
#include <livery/time/instant.h>

namespace livery {

// The second step of signing in: codes by time (RFC 6238: SHA-1, 6 digits, 30 s, as all
// authenticator apps know them) and ten recovery codes for the day the phone is lost. A code works
// once; wrong ones count like wrong passwords and lock the login for a while. Whoever turns it on
// or off has proved the password just before (Identity::ProvePassword). Thread: any.
class SecondFactor {
 public:
    static constexpr std::string_view kPortId = "livery.second_factor/1";
    virtual ~SecondFactor();

    struct Status {
        bool on = false;
        Instant since;
        int recovery_codes_left = 0;
    };
    virtual Status StatusOf(const TenantId& tenant, UserId user) = 0;

    // Who asks, from which session and address.
    struct Caller {
        UserId user;
        SessionId session;
        std::string address;
    };
    struct Enrolment {
        std::string key;  // base32 in groups of four, to be typed
        std::string uri;  // otpauth://, to be drawn
    };
    // A secret that is not in force yet; the same again for 15 minutes in the same session, so that
    // a page can be loaded twice. Another session gets another one, and the first ends: whoever
    // shares the password never shares the key. kConflict: it is on already.
    virtual Result<Enrolment> Begin(const Tenant& tenant, UserId user, SessionId session) = 0;

    struct TurnedOn {
        std::vector<std::string> recovery_codes;  // shown once, kept as hashes
        SessionCookie session;                    // the caller's, under a new token
    };
    // Ends all other sessions: they never passed the second step. A session that waited for just
    // this (SignInOutcome::enrolment_due) is whole from then on. kInvalidArgument on `code`;
    // kNotFound: none was begun in this session, or too long ago; kConflict: it is on already.
    virtual Result<TurnedOn> TurnOn(db::Transaction& tx, const Caller& caller,
                                    std::string_view code) = 0;
    // kConflict: it is not on.
    virtual Result<void> TurnOff(db::Transaction& tx, const Caller& caller) = 0;
    // Ten new ones; the old ones are void. kConflict: it is not on.
    virtual Result<std::vector<std::string>> RenewRecoveryCodes(db::Transaction& tx,
                                                                const Caller& caller) = 0;

    struct Passed {
        SessionCookie session;  // a new one; the half-open one is gone
        bool by_recovery_code = false;
        int recovery_codes_left = 0;
    };
    // The second step of the caller's half-open session. kInvalidArgument on `code`: wrong, used
    // before, or locked; which one is not said. kUnauthenticated: no half-open session any more.
    // The caller commits in every case: a failure is counted in the same transaction.
    virtual Result<Passed> Pass(db::Transaction& tx, const Caller& caller,
                                std::string_view code) = 0;
};

}  // namespace livery
