#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/comparison.h"
#include "domain/difference_id.h"

namespace livery::payments {

// What a person has to decide.
struct OpenDifference {
    DifferenceId id;
    std::string instance;
    Difference difference;
    Instant found_at{};
};

class DifferenceRepository {
 public:
    // False: it is known already, with these amounts, or is open: then it has them from now on. One
    // that was decided with others is open again.
    static bool Add(db::Transaction& tx, const OpenDifference& found);
    static std::vector<OpenDifference> ListOpen(db::Database& database, const TenantId& tenant);
    // Locked; nullopt: none that is open.
    static std::optional<OpenDifference> LockOpen(db::Transaction& tx, DifferenceId id);
    static void Close(db::Transaction& tx, DifferenceId id, Instant now, const std::string& by,
                      const std::string& answer);
};

// Which days of which lists were compared.
class ComparisonRepository {
 public:
    struct Day {
        std::string instance;
        Date day{};
    };
    static void Begin(db::Transaction& tx, const Day& day, Instant now);
    static void End(db::Transaction& tx, const Day& day, Instant now, std::size_t listed,
                    std::size_t matched, std::size_t differences);
    // Begun and not ended, the oldest first.
    static std::vector<Day> Unfinished(db::Database& database, const TenantId& tenant);
    // The latest `most` days of that list that were compared to its end, none after `last`.
    static std::set<Date> EndedDays(db::Database& database, const TenantId& tenant, const Day& last,
                                    std::size_t most);

    // What began then of what went out by us; and payments of which we heard then that the bank of
    // who paid took something, or gave it again. Not what a person has noted by name.
    static std::vector<BookedMove> RefundsBetween(db::Database& database, const TenantId& tenant,
                                                  const std::string& instance, Instant from,
                                                  Instant until);
    static std::vector<PaymentId> ChargedBackBetween(db::Database& database, const TenantId& tenant,
                                                     const std::string& instance, Instant from,
                                                     Instant until);

    // The fee with which something was listed before.
    static std::optional<Money> FeeOf(db::Database& database, const TenantId& tenant,
                                      const std::string& instance, const ListedMove& move);
    // The first time that it is matched; later fees are differences.
    static void KeepFee(db::Transaction& tx, const std::string& instance, const ListedMove& move,
                        Instant now);
};

}  // namespace livery::payments
