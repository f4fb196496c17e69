#include "identity/second_factor_service.h"

#include <sodium.h>

#include "identity/lockout.h"
#include "identity/open_session.h"
#include "identity/recovery_code.h"
#include "identity/rules.h"
#include "identity/second_factor_repository.h"
#include "identity/session_repository.h"
#include "identity/totp.h"

namespace livery::identity {

namespace {

std::string ContextOf(const TenantId& tenant, UserId user) {
    return tenant.value() + "|" + user.ToString();
}

// In groups of four: it is typed from one screen into another.
std::string Grouped(const std::string& text) {
    std::string grouped;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        if (i > 0) grouped += ' ';
        grouped += text.substr(i, 4);
    }
    return grouped;
}

bool IsOn(const std::optional<FoundSecondFactor>& found) { return found && found->turned_on_at; }

Error NotOn() { return Conflict("the second factor is not on"); }

}  // namespace

SecondFactor::Status SecondFactorService::StatusOf(const TenantId& tenant, UserId user) {
    return SecondFactorRepository::StatusOf(database_, tenant, user);
}

Result<SecondFactor::Enrolment> SecondFactorService::Begin(const Tenant& tenant, UserId user,
                                                           SessionId session) {
    Result<Enrolment> outcome = Conflict("the second factor is on already");
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto known = UserRepository::Find(tx, user);
        const auto found = SecondFactorRepository::Find(tx, user);
        if (!known || IsOn(found)) return;
        const std::string context = ContextOf(tenant.id, user);
        const Instant now = clock_.Now();
        std::optional<std::string> secret;
        if (found && found->begun_by == session && found->begun_at + kEnrolment > now)
            secret = box_.Open(found->sealed_secret, context);
        if (!secret) {
            secret.emplace(kTotpSecretBytes, '\0');
            randombytes_buf(secret->data(), secret->size());
            SecondFactorRepository::Begin(tx, user, {box_.Seal(*secret, context), now, session});
        }
        outcome =
            Enrolment{Grouped(Base32(*secret)), TotpUri(tenant.name, known->user.email, *secret)};
    });
    return outcome;
}

Result<SecondFactor::TurnedOn> SecondFactorService::TurnOn(db::Transaction& tx,
                                                           const Caller& caller,
                                                           std::string_view code) {
    const auto found = SecondFactorRepository::Find(tx, caller.user);
    const Instant now = clock_.Now();
    if (IsOn(found)) return Conflict("the second factor is on already");
    if (!found || found->begun_by != caller.session || found->begun_at + kEnrolment <= now)
        return NotFound("no enrolment was begun in the last minutes");
    const auto secret = box_.Open(found->sealed_secret, ContextOf(tx.tenant(), caller.user));
    const auto step = secret ? MatchingStep(*secret, code, now) : std::nullopt;
    if (!step) return InvalidField("code", "code.wrong");
    SecondFactorRepository::TurnOn(tx, caller.user, now, *step);
    SessionRepository::DeleteOthers(tx, caller.user, caller.session);
    TurnedOn done{NewCodes(tx, caller.user), WholeSession(tx, caller)};
    Record(tx, caller, "second_factor.turned_on");
    return done;
}

// Under a new token in any case. One that waited for just this begins anew, and is signed in.
SessionCookie SecondFactorService::WholeSession(db::Transaction& tx, const Caller& caller) {
    const auto waiting = SessionRepository::FindHalfOpen(tx, caller.user, caller.session,
                                                         dispatch::Stage::kEnrolmentDue);
    if (!waiting) return RotateSession(tx, caller.user, caller.session);
    SessionRepository::DeleteById(tx, caller.user, caller.session);
    UserRepository::ForgetFailures(tx, caller.user);
    Record(tx, caller, "sign_in.done");
    return OpenSession(tx, ids_, clock_.Now(),
                       {caller.user, waiting->remember, dispatch::Stage::kWhole, caller.address,
                        waiting->user_agent});
}

Result<void> SecondFactorService::TurnOff(db::Transaction& tx, const Caller& caller) {
    if (!IsOn(SecondFactorRepository::Find(tx, caller.user))) return NotOn();
    SecondFactorRepository::Remove(tx, caller.user);
    Record(tx, caller, "second_factor.turned_off");
    return {};
}

Result<std::vector<std::string>> SecondFactorService::RenewRecoveryCodes(db::Transaction& tx,
                                                                         const Caller& caller) {
    if (!IsOn(SecondFactorRepository::Find(tx, caller.user))) return NotOn();
    Record(tx, caller, "recovery_codes.renewed");
    return NewCodes(tx, caller.user);
}

Result<SecondFactor::Passed> SecondFactorService::Pass(db::Transaction& tx, const Caller& caller,
                                                       std::string_view code) {
    const auto user = UserRepository::Find(tx, caller.user);
    const auto half_open = SessionRepository::FindHalfOpen(tx, caller.user, caller.session,
                                                           dispatch::Stage::kSecondFactorDue);
    if (!user || !half_open) return Error{ErrorCode::kUnauthenticated, "no half-open session", {}};
    if (IsLocked(*user, clock_.Now())) {
        Record(tx, caller, "second_factor.locked");
        return InvalidField("code", "code.wrong");
    }
    Passed passed;
    passed.by_recovery_code = !TakeTimeCode(tx, caller.user, code);
    const std::string key = RecoveryCodeKey(code);
    if (passed.by_recovery_code &&
        !SecondFactorRepository::TakeCode(
            tx, caller.user, box_.Fingerprint(key, ContextOf(tx.tenant(), caller.user)))) {
        CountFailure(tx, caller.user, clock_.Now());
        Record(tx, caller, "second_factor.wrong");
        return InvalidField("code", "code.wrong");
    }
    SessionRepository::DeleteById(tx, caller.user, caller.session);
    passed.session = OpenSession(tx, ids_, clock_.Now(),
                                 {caller.user, half_open->remember, dispatch::Stage::kWhole,
                                  caller.address, half_open->user_agent});
    passed.recovery_codes_left = SecondFactorRepository::CountCodes(tx, caller.user);
    UserRepository::ForgetFailures(tx, caller.user);
    Record(tx, caller, passed.by_recovery_code ? "sign_in.by_recovery_code" : "sign_in.done");
    return passed;
}

// A code that was taken before is refused, and so is an older one: somebody may have looked on.
bool SecondFactorService::TakeTimeCode(db::Transaction& tx, UserId user, std::string_view code) {
    const auto found = SecondFactorRepository::Find(tx, user);
    if (!IsOn(found)) return false;
    const auto secret = box_.Open(found->sealed_secret, ContextOf(tx.tenant(), user));
    const auto step = secret ? MatchingStep(*secret, code, clock_.Now()) : std::nullopt;
    if (!step || *step <= found->last_step) return false;
    SecondFactorRepository::TakeStep(tx, user, *step);
    return true;
}

std::vector<std::string> SecondFactorService::NewCodes(db::Transaction& tx, UserId user) {
    std::vector<std::string> codes;
    std::vector<std::string> hashes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
        codes.push_back(NewRecoveryCode());
        hashes.push_back(
            box_.Fingerprint(RecoveryCodeKey(codes.back()), ContextOf(tx.tenant(), user)));
    }
    SecondFactorRepository::ReplaceCodes(tx, user, hashes);
    return codes;
}

void SecondFactorService::Record(db::Transaction& tx, const Caller& caller,
                                 std::string_view action) {
    audit_.Record(tx, {action, caller.user, {}, caller.address});
}

}  // namespace livery::identity
