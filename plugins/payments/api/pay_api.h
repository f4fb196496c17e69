#pragma once

#include <livery/api/sending.h>
#include <livery/ports/billing.h>
#include <livery/registrar.h>

#include "app/methods.h"
#include "app/start_payment.h"

namespace livery::payments {

// Paying by a program of the tenant's, in two steps (livery/api/sending.h), by the use cases of the
// pages: the attempt is written with the Idempotency-Key, then the provider is asked. A repeat
// sends the same attempt under its own key, or asks what became of it.
class PayApi {
 public:
    PayApi(StartPayment& start, PaymentDesk& desk, Methods& methods, BillingProfiles& profiles)
        : start_(start), desk_(desk), methods_(methods), profiles_(profiles) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> Begin(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> Finish(const api::Call& call, const api::Json& note, bool is_repeat);
    Result<StartPayment::Sent> Repeat(const Tenant& tenant, const Payment& payment,
                                      const Payer& payer);
    Result<api::Json> BeginCancel(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> FinishCancel(const api::Call& call, const api::Json& note);
    Result<api::Json> BeginLookUp(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> FinishLookUp(const api::Call& call, const api::Json& note);
    api::Json Shown(const Tenant& tenant, const Payment& payment, const std::string& return_url);

    StartPayment& start_;
    PaymentDesk& desk_;
    Methods& methods_;
    BillingProfiles& profiles_;
};

}  // namespace livery::payments
