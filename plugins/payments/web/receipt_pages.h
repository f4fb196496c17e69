#pragma once

#include <livery/ports/billing.h>
#include <livery/ports/document.h>
#include <livery/registrar.h>

#include "domain/payment.h"

namespace livery::payments {

// The receipt of a payment, on paper.
class ReceiptPages {
 public:
    ReceiptPages(db::Database& database, BillingProfiles& profiles, PdfRenderer& renderer)
        : database_(database), profiles_(profiles), renderer_(renderer) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;

    db::Database& database_;
    BillingProfiles& profiles_;
    PdfRenderer& renderer_;
};

// What the paper says. `payer`: the account's name and address, line by line.
Document ReceiptOf(const Payment& payment, const std::vector<std::string>& payer,
                   const Tenant& tenant, const Formatter& format);

}  // namespace livery::payments
