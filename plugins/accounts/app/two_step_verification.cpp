#include "app/two_step_verification.h"

#include <algorithm>

#include "app/account_mail.h"

namespace livery::accounts {

namespace {

// As an app shows it: often in two groups of three.
std::string WithoutBlanks(std::string code) {
    code.erase(std::remove(code.begin(), code.end(), ' '), code.end());
    return code;
}

}  // namespace

template <class Change>
auto TwoStepVerification::Changed(const Tenant& tenant, UserId user, const std::string& name,
                                  const Change& change) {
    using Outcome = decltype(change(std::declval<db::Transaction&>()));
    Outcome outcome = Outcome(NotFound("not run"));
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        outcome = change(tx);
        if (outcome) Tell(tx, tenant, user, name);
    });
    return outcome;
}

template <class Change>
auto TwoStepVerification::WithPassword(const Tenant& tenant, const Caller& caller,
                                       const std::string& password, const std::string& name,
                                       const Change& change) {
    using Outcome = decltype(change(std::declval<db::Transaction&>()));
    const auto proved = identity_.ProvePassword(tenant.id, caller.user, password, caller.address);
    if (!proved) return Outcome(proved.error());
    return Changed(tenant, caller.user, name, change);
}

void TwoStepVerification::Tell(db::Transaction& tx, const Tenant& tenant, UserId user,
                               const std::string& name) {
    if (const auto known = identity_.Find(tx, user))
        MailTo(mailer_, tx, tenant, *known, {name, door_.security});
}

Result<SecondFactor::TurnedOn> TwoStepVerification::TurnOn(const Tenant& tenant,
                                                           const Caller& caller,
                                                           const std::string& password,
                                                           const std::string& code) {
    return WithPassword(tenant, caller, password, "two_step_on", [&](db::Transaction& tx) {
        return second_factor_.TurnOn(tx, caller, WithoutBlanks(code));
    });
}

Result<SecondFactor::TurnedOn> TwoStepVerification::Enrol(const Tenant& tenant,
                                                          const Caller& caller,
                                                          const std::string& code) {
    return Changed(tenant, caller.user, "two_step_on", [&](db::Transaction& tx) {
        return second_factor_.TurnOn(tx, caller, WithoutBlanks(code));
    });
}

Result<void> TwoStepVerification::TurnOff(const Tenant& tenant, const Caller& caller,
                                          const std::string& password) {
    return WithPassword(tenant, caller, password, "two_step_off",
                        [&](db::Transaction& tx) { return second_factor_.TurnOff(tx, caller); });
}

Result<std::vector<std::string>> TwoStepVerification::RenewRecoveryCodes(
    const Tenant& tenant, const Caller& caller, const std::string& password) {
    return WithPassword(
        tenant, caller, password, "recovery_codes_renewed",
        [&](db::Transaction& tx) { return second_factor_.RenewRecoveryCodes(tx, caller); });
}

Result<SecondFactor::Passed> TwoStepVerification::Pass(const Tenant& tenant, const Caller& caller,
                                                       const std::string& code) {
    Result<SecondFactor::Passed> outcome = NotFound("not run");
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        outcome = second_factor_.Pass(tx, caller, WithoutBlanks(code));
        if (outcome && outcome->by_recovery_code)
            Tell(tx, tenant, caller.user, "recovery_code_used");
    });
    return outcome;
}

}  // namespace livery::accounts
