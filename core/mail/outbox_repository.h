#pragma once

#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "db/mariadb_database.h"
#include "mail/message.h"

namespace livery::mail {

struct DueMessage {
    TenantId tenant;
    Uuid id;
    Instant due_at;
    int tries = 0;
};

// All SQL of the outbox.
class OutboxRepository {
 public:
    static void Insert(db::Transaction& tx, Uuid id, const Message& message);
    // Over all tenants: what should have gone by `now`, oldest first.
    static std::vector<DueMessage> ListDue(db::MariadbDatabase& database, Instant now);
    // True for one caller only: the row's next try moves from `due.due_at` to `until`.
    static bool Claim(db::Transaction& tx, const DueMessage& due, Instant until);
    static std::optional<Message> Find(db::Transaction& tx, Uuid id);
    // Sent mails keep their head only: their bodies hold links that sign people in.
    static void MarkSent(db::Transaction& tx, Uuid id, Instant now);
};

}  // namespace livery::mail
