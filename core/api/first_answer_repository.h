#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/db/database.h>

namespace livery::api {

struct FirstAnswer {
    int status = 200;
    std::string body;
};

// The answers to calls with an Idempotency-Key, kept for a day by the key of the caller. One is
// begun and finished in the transaction of the work itself: killed in between, neither is there,
// and a repeat does the work. Answers that refuse are not kept, since nothing was done.
class FirstAnswerRepository {
 public:
    struct Asked {
        ApiKeyId caller;
        std::string_view key;
        std::string_view request_hash;  // 32 bytes
    };
    // Somebody was first. A type of its own: a duplicate of what the work itself writes is a fault
    // of the work, and must not pass for a repeat.
    struct KeyIsTaken {};
    // Throws KeyIsTaken; waits while somebody is at it. Forgets some of those that are older than a
    // day.
    static void Begin(db::Transaction& tx, const Asked& asked, Instant now);
    static void Finish(db::Transaction& tx, const Asked& asked, const FirstAnswer& answer);

    struct Found {
        std::string request_hash;
        FirstAnswer answer;  // status 0: none yet
        std::string note;
        std::optional<Instant> claimed_until;
    };
    static std::optional<Found> Find(db::Database& database, const TenantId& tenant,
                                     const Asked& asked);

    // Of what is done in two steps (livery/api/sending.h). A claim is the moment until which it
    // holds; whoever has lost it changes nothing any more.
    static void Note(db::Transaction& tx, const Asked& asked, std::string_view note, Instant claim);
    // False: it has an answer, or somebody's claim still holds.
    static bool TakeOver(db::Transaction& tx, const Asked& asked, Instant now, Instant claim);
    static void Settle(db::Transaction& tx, const Asked& asked, Instant claim,
                       const FirstAnswer& answer);
    static void Release(db::Transaction& tx, const Asked& asked, Instant claim, Instant now);
    static void Forget(db::Transaction& tx, const Asked& asked, Instant claim);
};

}  // namespace livery::api
