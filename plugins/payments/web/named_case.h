#pragma once

#include <livery/db/database.h>
#include <livery/http/request_context.h>

#include "storage/open_case_repository.h"

namespace livery::payments {

// A case with all that a person decides it by.
struct NamedCase {
    Case one;
    FoundCase found;
    Payment payment;
    std::vector<Refund> refunds;  // of the payment, the case's among them

    const Refund* refund() const;  // that it is about; none: it is about the payment
    // Nobody knows what became of the payment, or of the refund: that is said, not closed.
    bool must_be_decided() const;
    // What a person may say of its refund.
    bool may_say(bool went_back) const;
    bool can_be_decided() const;
};

// The one that the path names as `id`. kNotFound: there is none.
Result<NamedCase> CaseNamed(db::Database& database, const RequestContext& request);

}  // namespace livery::payments
