#pragma once

#include <livery/db/database.h>
#include <livery/http/request_context.h>

#include "domain/payment.h"

namespace livery::payments {

// The payment that the path names as `id`. kNotFound: there is none, or it is somebody else's.
Result<Payment> TheirPayment(db::Database& database, const RequestContext& request);

}  // namespace livery::payments
