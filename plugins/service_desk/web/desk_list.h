#pragma once

#include <livery/db/database.h>
#include <livery/http/request_context.h>
#include <livery/ports/account_names.h>
#include <livery/view/list_page.h>

#include "storage/desk_list_repository.h"

namespace livery::service_desk {

inline constexpr const char* kDeskPath = "/console/tickets";
inline constexpr const char* kAgentsPath = "/console/tickets/agents";

// What the address asks for: unsolved tickets, those first that are due first, where it says
// nothing of a state.
ListQuery DeskQuery(const RequestContext& request);
TicketWish DeskWish(const RequestContext& request, const ListQuery& query);
std::vector<ListPage::Tab> DeskTabs(const RequestContext& request, std::string_view current);

std::string ConsolePathOf(TicketId ticket);

// What of the tenant's tickets the address asks for: a queue, a state, mine or nobody's.
ListPage DeskList(const RequestContext& request, db::Database& database, AccountNames& names);

}  // namespace livery::service_desk
