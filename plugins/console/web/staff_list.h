#pragma once

#include <vector>

#include <livery/http/request_context.h>
#include <livery/ports/staff.h>
#include <livery/view/list_page.h>

namespace livery::console {

// The state in words, for a badge.
std::string StateName(Staff::State state, const Formatter& format);
std::string_view BadgeOf(Staff::State state);

// Those of `members` that the address asks for, in its order.
ListPage StaffList(const RequestContext& request, std::vector<Staff::Member> members);

}  // namespace livery::console
