#pragma once

#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/billing.h>
#include <livery/ports/document.h>
#include <livery/tenancy/tenant.h>
#include <livery/view/formatter.h>

#include "domain/payment.h"
#include "domain/refund.h"
#include "storage/case_repository.h"

namespace livery::payments {

// The receipts of payments and refunds, on paper (PDF).
class Receipts {
 public:
    Receipts(db::Database& database, BillingProfiles& profiles, PdfRenderer& renderer)
        : database_(database), profiles_(profiles), renderer_(renderer) {}

    struct Paper {
        std::string number;
        std::string pdf;
    };
    // In the words of `format`. kNotFound: it has none. kUnavailable: it cannot be set now.
    Result<Paper> Of(const Tenant& tenant, const Formatter& format, const Payment& payment);
    Result<Paper> Of(const Tenant& tenant, const Formatter& format, const Refund& refund,
                     const Payment& payment);
    Result<Paper> Numbered(const Tenant& tenant, const Formatter& format,
                           const std::string& number);

 private:
    Result<Paper> Written(const Tenant& tenant, const Formatter& format, const Payment& payment,
                          const Refund* refund, const std::string& number);
    std::vector<std::string> PayerOf(const TenantId& tenant, AccountId account);

    db::Database& database_;
    BillingProfiles& profiles_;
    PdfRenderer& renderer_;
};

// What the paper says: the day, the amount and the number as the register has them. `payer`: the
// account's name and address, line by line. Of a refund where there is one.
struct OnPaper {
    Receipt receipt;
    const Payment& payment;
    const Refund* refund = nullptr;
    std::vector<std::string> payer;
};
Document ReceiptOf(const OnPaper& paper, const Tenant& tenant, const Formatter& format);

}  // namespace livery::payments
