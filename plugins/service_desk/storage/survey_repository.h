#pragma once

#include <map>
#include <optional>
#include <string>

#include <livery/db/database.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// What a customer thought of a ticket that was solved.
struct Rating {
    int rating = 0;  // 1 (bad) to 5 (good)
    std::string comment;
    Instant at{};
};

// What the ratings of an agent's tickets come to.
struct Satisfaction {
    int count = 0;
    int sum = 0;
};

class SurveyRepository {
 public:
    // The last word counts.
    static void Save(db::Transaction& tx, TicketId ticket, const Rating& rating);
    static std::optional<Rating> Find(db::Database& database, const TenantId& tenant,
                                      TicketId ticket);
    static std::map<UserId, Satisfaction> OfAgents(db::Database& database, const TenantId& tenant);
};

}  // namespace livery::service_desk
