#pragma once

#include <set>
#include <string>

#include <livery/http/request_context.h>
#include <livery/ports/staff.h>
#include <livery/view/form_page.h>

namespace livery::console {

// Roles stand in a form as one box each, named `role_<id>`: those that whoever asks may give.
std::set<std::string> RolesIn(const RequestContext& request);

// Filled with what was typed.
FormPage InviteForm(const RequestContext& request);
// `roles`: those that are ticked.
FormPage RolesForm(const RequestContext& request, const Staff::Member& member,
                   const std::set<std::string>& roles);

}  // namespace livery::console
