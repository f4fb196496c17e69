#pragma once

#include <livery/api/sending.h>
#include <livery/ports/billing.h>
#include <livery/registrar.h>

#include "app/collection.h"

namespace livery::payments {

// How an account pays, for the tenant's programs: by itself or not, how it
// stands with what it owes, and a promise to pay.
class StandingApi {
 public:
    StandingApi(Collection& collection, const PaymentPorts& ports, BillingProfiles& profiles)
        : collection_(collection), ports_(ports), profiles_(profiles) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> Show(const api::Call& call);
    Result<api::Json> ShowStanding(const api::Call& call);
    Result<api::Json> BeginAutomatic(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> FinishAutomatic(const api::Call& call, const api::Json& note);
    Result<api::Json> Promise(db::Transaction& tx, const api::Call& call);
    Result<AccountId> AccountOf(const api::Call& call);
    Result<AccountId> AccountIn(db::Transaction& tx, const api::Call& call);
    api::Json Shown(const Tenant& tenant, AccountId account);

    Collection& collection_;
    const PaymentPorts& ports_;
    BillingProfiles& profiles_;
};

}  // namespace livery::payments
