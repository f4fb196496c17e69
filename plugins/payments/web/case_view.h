#pragma once

#include <map>
#include <string>

#include <livery/view/view.h>

#include "web/named_case.h"

namespace livery::payments {

// The page of a case: what happened, what to do, and the facts of its payment. `names`: of
// accounts.
View CaseView(const RequestContext& request, const NamedCase& named,
              const std::map<AccountId, std::string>& names);

}  // namespace livery::payments
