#pragma once

#include <livery/ports/billing.h>
#include <livery/ports/document.h>
#include <livery/registrar.h>

#include "domain/payment.h"
#include "domain/refund.h"

namespace livery::payments {

// The receipts of payments and refunds, on paper.
class ReceiptPages {
 public:
    ReceiptPages(db::Database& database, BillingProfiles& profiles, PdfRenderer& renderer)
        : database_(database), profiles_(profiles), renderer_(renderer) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowRefund(const RequestContext& request) const;
    std::vector<std::string> Payer(const RequestContext& request) const;
    Result<Reply> Printed(const Document& sheet, const std::string& number) const;

    db::Database& database_;
    BillingProfiles& profiles_;
    PdfRenderer& renderer_;
};

// What the paper says. `payer`: the account's name and address, line by line.
Document ReceiptOf(const Payment& payment, const std::vector<std::string>& payer,
                   const Tenant& tenant, const Formatter& format);
Document ReceiptOf(const Refund& refund, const Payment& payment,
                   const std::vector<std::string>& payer, const Tenant& tenant,
                   const Formatter& format);

}  // namespace livery::payments
