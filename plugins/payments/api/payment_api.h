#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/payment_desk.h"

namespace livery::payments {

// What the tenant's own programs see of payments, and money that they write down. Whatever calls a
// provider is not here: an answer that is kept with a key of its own may wait for nobody.
class PaymentApi {
 public:
    explicit PaymentApi(const PaymentPorts& ports) : ports_(ports) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call);
    Result<api::Json> Find(const api::Call& call);
    Result<api::Json> Record(db::Transaction& tx, const api::Call& call);
    const PaymentPorts& ports_;
};

}  // namespace livery::payments
