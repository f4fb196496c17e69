#pragma once

#include <livery/api/operation.h>
#include <livery/ports/tenant_time.h>
#include <livery/registrar.h>

#include "app/biller.h"
#include "app/receivables.h"

namespace livery::invoices {

// What the tenant's own programs do about what is owed: charge, credit, correct, void, write off.
// A final document never changes: what is corrected gets a credit note.
class CorrectionApi {
 public:
    CorrectionApi(const BillingPorts& ports, TenantTime& time)
        : ports_(ports), biller_(ports), receivables_(ports), time_(time) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> Charge(db::Transaction& tx, const api::Call& call);
    Result<api::Json> GrantCredit(db::Transaction& tx, const api::Call& call);
    Result<api::Json> CreateNote(db::Transaction& tx, const api::Call& call);
    Result<api::Json> Void(db::Transaction& tx, const api::Call& call);
    Result<api::Json> WriteOff(db::Transaction& tx, const api::Call& call);

    // Whose final document it is. kNotFound: nobody's of this tenant.
    static Result<AccountId> OwnerOf(db::Transaction& tx, InvoiceId id);
    CivilTime NowOf(const api::Call& call) const;
    // The document as it stands in this transaction.
    api::Json Shown(db::Transaction& tx, const api::Call& call, AccountId account, InvoiceId id);

    const BillingPorts& ports_;
    Biller biller_;
    Receivables receivables_;
    TenantTime& time_;
};

void AddCorrectionSchemas(Registrar& registrar);

}  // namespace livery::invoices
