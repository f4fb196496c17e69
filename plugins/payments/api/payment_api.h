#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/payment_desk.h"
#include "app/receipts.h"

namespace livery::payments {

// What the tenant's own programs see of payments and of what went back, and money that they write
// down. What asks a provider is in pay_api.h.
class PaymentApi {
 public:
    PaymentApi(const PaymentPorts& ports, Receipts& receipts)
        : ports_(ports), receipts_(receipts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call);
    Result<api::Json> Find(const api::Call& call);
    Result<api::Json> Record(db::Transaction& tx, const api::Call& call);
    Result<api::Json> ListRefunds(const api::Call& call);
    Result<api::File> Receipt(const api::Call& call);
    Result<api::File> RefundReceipt(const api::Call& call);
    void AddPapers(Registrar& registrar);
    const PaymentPorts& ports_;
    Receipts& receipts_;
};

}  // namespace livery::payments
