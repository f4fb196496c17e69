#pragma once

#include <livery/ports/account_names.h>
#include <livery/ports/audit.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/refunds.h"
#include "web/named_case.h"

namespace livery::payments {

// What waits for a person, for staff: the list, a case, and what they decide of it, over the same
// use cases as the API and the commands. Each decision stands in the audit log with its user.
class CasePages {
 public:
    struct Parts {
        PaymentDesk& desk;
        Refunds& refunds;
        AccountNames& names;
        Audit& audit;
    };
    explicit CasePages(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowClose(const RequestContext& request) const;
    Result<Reply> Close(const RequestContext& request) const;
    Result<Reply> ShowDecide(const RequestContext& request) const;
    Result<Reply> Decide(const RequestContext& request) const;

    Result<void> DecidePayment(const RequestContext& request, const NamedCase& named) const;
    Result<void> DecideRefund(const RequestContext& request, const NamedCase& named) const;
    db::Database& database() const { return parts_.desk.ports().database; }

    Parts parts_;
};

}  // namespace livery::payments
