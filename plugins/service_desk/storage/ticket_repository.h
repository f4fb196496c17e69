#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// A place in a list by activity, newest first.
struct TicketPlace {
    Instant active_at{};
    TicketId id;

    static TicketPlace Newest();  // before all
    std::string ToString() const;
    static std::optional<TicketPlace> Parse(std::string_view text);
};

// All SQL of tickets and their messages. Every read by somebody who asks names the account, or is
// the staff's.
class TicketRepository {
 public:
    // The next number of the year's series, without gaps: everybody else waits for the series until
    // the transaction ends, so call it last.
    static std::string NextNumber(db::Transaction& tx, int year);
    static void Insert(db::Transaction& tx, const Ticket& ticket);
    // As it is now; throws BrokenInvariant when somebody else was faster, whom the lock kept out.
    static void Update(db::Transaction& tx, const Ticket& ticket);
    // Locks the row, for who is going to change it.
    static std::optional<Ticket> Find(db::Transaction& tx, TicketId id);
    static std::optional<Ticket> FindOwned(db::Transaction& tx, AccountId account, TicketId id);
    // For who only shows it: waits for nobody.
    static std::optional<Ticket> Read(db::Database& database, const TenantId& tenant, TicketId id);
    static std::optional<Ticket> ReadOwned(db::Database& database, const TenantId& tenant,
                                           AccountId account, TicketId id);

    static std::vector<Ticket> ListOwned(db::Database& database, const TenantId& tenant,
                                         AccountId account, const std::optional<TicketPlace>& after,
                                         std::size_t most);
    // What an account asked about one thing, the newest first.
    static std::vector<Ticket> ListAbout(db::Database& database, const TenantId& tenant,
                                         AccountId account, const About& about, std::size_t most);

    // With its attachments.
    static void Add(db::Transaction& tx, TicketId ticket, const Message& message);
    // Whether somebody wrote after that message.
    static bool HasNewer(db::Transaction& tx, TicketId ticket, MessageId seen);
    // Its messages, and which of them are public.
    static std::map<MessageId, bool> MessageIds(db::Transaction& tx, TicketId ticket);
    // With its attachments.
    static void MoveMessage(db::Transaction& tx, TicketId from, MessageId message, TicketId to);
    // With their attachments and the ticket's watchers.
    static void MoveMessages(db::Transaction& tx, TicketId from, TicketId to);
    // In their order. `notes`: the staff's own, too.
    static std::vector<Message> Messages(db::Database& database, const TenantId& tenant,
                                         TicketId ticket, bool notes);
};

}  // namespace livery::service_desk
