#pragma once

#include <livery/registrar.h>

#include "app/receipts.h"

namespace livery::payments {

// The receipts of a subscriber's payments and refunds.
class ReceiptPages {
 public:
    ReceiptPages(db::Database& database, Receipts& receipts)
        : database_(database), receipts_(receipts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowRefund(const RequestContext& request) const;

    db::Database& database_;
    Receipts& receipts_;
};

}  // namespace livery::payments
