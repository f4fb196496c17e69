#pragma once

#include <livery/api/operation.h>
#include <livery/ports/tenant_time.h>
#include <livery/registrar.h>

#include "app/biller.h"
#include "app/receivables.h"

namespace livery::invoices {

// Drafts for the tenant's own programs: invoices that stay open until somebody makes them final,
// and what parents are to pay for their children, which the night makes final.
class DraftApi {
 public:
    struct Parts {
        db::Database& database;
        TenantTime& time;
    };
    DraftApi(const Parts& parts, const BillingPorts& ports)
        : parts_(parts), ports_(ports), biller_(ports), receivables_(ports) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(const api::Call& call) const;
    Result<api::Json> Create(db::Transaction& tx, const api::Call& call);
    Result<api::Json> Credit(db::Transaction& tx, const api::Call& call);
    Result<api::Json> Finalize(db::Transaction& tx, const api::Call& call);
    Result<api::Json> Discard(db::Transaction& tx, const api::Call& call);

    struct Draft {
        AccountId account;
        InvoiceId id;
    };
    // The draft of a call's path; kNotFound: none of this tenant's, final already perhaps.
    static Result<Draft> DraftOf(db::Transaction& tx, const api::Call& call);
    CivilTime NowOf(const api::Call& call) const;
    // As it stands in this transaction.
    api::Json Shown(db::Transaction& tx, const Draft& draft);
    void AddReads(Registrar& registrar);
    void AddWrites(Registrar& registrar);

    Parts parts_;
    const BillingPorts& ports_;
    Biller biller_;
    Receivables receivables_;
};

void AddDraftSchemas(Registrar& registrar);

}  // namespace livery::invoices
