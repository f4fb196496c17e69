#pragma once

#include <livery/ports/account_names.h>
#include <livery/ports/audit.h>
#include <livery/ports/invoice_numbers.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/objections.h"
#include "storage/objection_repository.h"

namespace livery::payments {

// What customers say that they do not owe, for staff: the list, one of them, and whether its
// customer is right. Each decision stands in the audit log with its user.
class ObjectionPages {
 public:
    struct Parts {
        db::Database& database;
        Objections& objections;
        AccountNames& names;
        InvoiceNumbers& numbers;
        Audit& audit;
    };
    explicit ObjectionPages(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    using Found = ObjectionRepository::Found;

    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowDecide(const RequestContext& request) const;
    Result<Reply> Decide(const RequestContext& request) const;

    Result<Found> Named(const RequestContext& request) const;
    Result<Reply> Refused(const RequestContext& request, const Found& found,
                          const Error& error) const;
    FormPage Form(const RequestContext& request, const Objection& objection) const;

    Parts parts_;
};

}  // namespace livery::payments
