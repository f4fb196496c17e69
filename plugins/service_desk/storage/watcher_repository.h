#pragma once

#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// Somebody who is told what is said in public, and answers by mail; a login is not needed.
struct Watcher {
    std::string email;
    std::string language;
};

// All SQL of those who watch tickets, and of what customers thought of them when solved.
class WatcherRepository {
 public:
    static std::vector<Watcher> List(db::Transaction& tx, TicketId ticket);
    static std::vector<Watcher> List(db::Database& database, const TenantId& tenant,
                                     TicketId ticket);
    // One address is there once, however it is written.
    static void Add(db::Transaction& tx, TicketId ticket, const Watcher& watcher);
    // Whether it was there.
    static bool Remove(db::Transaction& tx, TicketId ticket, const std::string& email);
};

}  // namespace livery::service_desk
