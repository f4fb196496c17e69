#pragma once

#include <livery/api/operation.h>
#include <livery/ports/audit.h>
#include <livery/registrar.h>

#include "app/reconciliation.h"

namespace livery::payments {

// What waits for a person: cases of payments and differences to providers' lists, and what that
// person says of them, by name.
class CaseApi {
 public:
    CaseApi(PaymentDesk& desk, Reconciliation& reconciliation, Audit& audit)
        : desk_(desk), reconciliation_(reconciliation), audit_(audit) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call);
    Result<api::Json> Close(db::Transaction& tx, const api::Call& call);
    Result<api::Json> DecidePayment(db::Transaction& tx, const api::Call& call);
    Result<api::Json> ListDifferences(const api::Call& call);
    Result<api::Json> DecideDifference(db::Transaction& tx, const api::Call& call);

    PaymentDesk& desk_;
    Reconciliation& reconciliation_;
    Audit& audit_;
};

}  // namespace livery::payments
