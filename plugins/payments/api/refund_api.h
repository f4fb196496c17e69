#pragma once

#include <livery/api/sending.h>
#include <livery/ports/audit.h>
#include <livery/registrar.h>

#include "app/refunds.h"

namespace livery::payments {

// Money that a program of the tenant's gives back, in two steps (livery/api/sending.h): the attempt
// is written with the Idempotency-Key, then the provider is told. A repeat tells it nothing again
// and asks what became of it.
class RefundApi {
 public:
    RefundApi(Refunds& refunds, const PaymentPorts& ports, Audit& audit)
        : refunds_(refunds), ports_(ports), audit_(audit) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> Find(const api::Call& call);
    Result<api::Json> Begin(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> Finish(const api::Call& call, const api::Json& note, bool is_repeat);
    Result<api::Json> BeginLookUp(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> FinishLookUp(const api::Call& call, const api::Json& note);
    Result<api::Json> Decide(db::Transaction& tx, const api::Call& call);
    Result<api::Json> NoteByBank(db::Transaction& tx, const api::Call& call, RefundKind kind);
    Result<Refund> Noted(const api::Call& call, const api::Json& note);

    Refunds& refunds_;
    const PaymentPorts& ports_;
    Audit& audit_;
};

}  // namespace livery::payments
