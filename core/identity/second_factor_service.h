#pragma once

#include <livery/ports/audit.h>
#include <livery/ports/second_factor.h>
#include <livery/time/clock.h>

#include "identity/secret_box.h"

namespace livery::identity {

// The second step of signing in, over the tenant's database. Thread: any.
class SecondFactorService final : public SecondFactor {
 public:
    SecondFactorService(db::Database& database, const Clock& clock, IdSource& ids, Audit& audit,
                        std::string_view host_key)
        : database_(database), clock_(clock), ids_(ids), audit_(audit), box_(host_key) {}

    Status StatusOf(const TenantId& tenant, UserId user) override;
    Result<Enrolment> Begin(const Tenant& tenant, UserId user, SessionId session) override;
    Result<TurnedOn> TurnOn(db::Transaction& tx, const Caller& caller,
                            std::string_view code) override;
    Result<void> TurnOff(db::Transaction& tx, const Caller& caller) override;
    Result<std::vector<std::string>> RenewRecoveryCodes(db::Transaction& tx,
                                                        const Caller& caller) override;
    Result<Passed> Pass(db::Transaction& tx, const Caller& caller, std::string_view code) override;

 private:
    std::vector<std::string> NewCodes(db::Transaction& tx, UserId user);
    bool TakeTimeCode(db::Transaction& tx, UserId user, std::string_view code);
    SessionCookie WholeSession(db::Transaction& tx, const Caller& caller);
    void Record(db::Transaction& tx, const Caller& caller, std::string_view action);

    db::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
    Audit& audit_;
    SecretBox box_;
};

}  // namespace livery::identity
