#pragma once

#include <livery/ports/account_names.h>
#include <livery/ports/invoice_numbers.h>
#include <livery/view/list_page.h>

#include "storage/objection_repository.h"

namespace livery::payments {

// The page of an objection, for staff.
std::string PathOf(ObjectionId id);

// The open objections that the address asks for, the oldest first. Reads three times, and their
// number.
ListPage ObjectionList(const RequestContext& request, db::Database& database, AccountNames& names,
                       InvoiceNumbers& numbers);

}  // namespace livery::payments
