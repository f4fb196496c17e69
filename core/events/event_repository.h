#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <livery/ports/events.h>
#include <livery/time/instant.h>

namespace livery::events {

struct Recorded {
    std::int64_t number = 0;
    std::string name;
    std::string about;
    std::string facts;  // JSON
    Instant at{};
};

// All SQL of events. An event has no number until somebody reads: a number that were given by its
// own transaction would make all transactions of a tenant wait for each other, and an id can be
// committed after a later one was read. Numbers are given to what is committed, so whoever has read
// up to one has missed nothing before it.
class EventRepository {
 public:
    static void Insert(db::Transaction& tx, Uuid id, Instant at, const Events::Event& event);
    // Numbers what has none yet, in the order of ids; forgets what is older than `keep_from`.
    static void Number(db::Transaction& tx, Instant keep_from);
    static std::vector<Recorded> List(db::Database& database, const TenantId& tenant,
                                      std::int64_t after, std::size_t most);
};

}  // namespace livery::events
