#pragma once

#include <livery/ports/account_names.h>
#include <livery/view/list_page.h>

#include "storage/open_case_repository.h"

namespace livery::payments {

// The page of a case, for staff.
std::string PathOf(const Case& one);

// The open cases that the address asks for, the longest open first. Reads twice, and their number.
ListPage CaseList(const RequestContext& request, db::Database& database, AccountNames& names);

}  // namespace livery::payments
