#pragma once

#include <string>
#include <vector>

#include <livery/api/operation.h>
#include <livery/ports/audit.h>
#include <livery/registrar.h>

#include "domain/method.h"
#include "domain/refund.h"
#include "domain/standing.h"

namespace livery::payments {

// The token of the way back from the provider's page, in the note of a call.
struct ReturnTag {
    static constexpr std::string_view kPrefix = "back";
};
using ReturnId = Id<ReturnTag>;

// Payments, refunds and methods as the tenant's programs see them, and their schemas.
api::Json JsonOf(const Refund& refund);
// `return_url`: to which the provider sends the browser back, where it is known.
api::Json JsonOf(const Payment& payment, const std::vector<Refund>& refunds,
                 const std::string& return_url = "");
api::Json JsonOf(const Standing& standing, Date today);
api::Json JsonOf(const PaymentMethod& method, Date today, const std::string& return_url = "");

// Of a checked body. kInvalidArgument on `field`: no currency.
Result<Money> MoneyIn(const api::Json& json, const std::string& field);

// What a person has said by a program, as it stands in the audit log: `by`, where there is one, and
// `reason` of the body.
void NoteSaid(Audit& audit, db::Transaction& tx, const api::Call& call, std::string_view action,
              SubjectId subject);

void AddPaymentSchemas(Registrar& registrar);
// Of what is given back, and of what waits for a person.
void AddCaseSchemas(Registrar& registrar);

}  // namespace livery::payments
