#pragma once

#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/document.h>
#include <livery/tenancy/tenant.h>
#include <livery/view/formatter.h>

#include "app/receipt_parties.h"
#include "domain/payment.h"
#include "domain/refund.h"
#include "storage/case_repository.h"

namespace livery::payments {

// The receipts of payments and refunds, on paper (PDF).
class Receipts {
 public:
    Receipts(db::Database& database, const ReceiptParties& parties, PdfRenderer& renderer)
        : database_(database), parties_(parties), renderer_(renderer) {}

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
    // As it was first printed; one that was not is given those of now, and keeps them.
    Parties PartiesOf(const Tenant& tenant, const std::string& number, AccountId account);

    db::Database& database_;
    const ReceiptParties& parties_;
    PdfRenderer& renderer_;
};

// What the paper says: the day, the amount, the number, and who it is from and for, as the register
// has them. Of a refund where there is one.
struct OnPaper {
    Receipt receipt;
    const Payment& payment;
    const Refund* refund = nullptr;
    Parties parties;
};
Document ReceiptOf(const OnPaper& paper, const Tenant& tenant, const Formatter& format);

}  // namespace livery::payments
