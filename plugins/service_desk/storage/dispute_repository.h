#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/dispute.h"

namespace livery::service_desk {

// All SQL of disputes. Rows are not locked: whoever changes one has locked the account's invoices
// before, as whoever decides an objection.
class DisputeRepository {
 public:
    static void Add(db::Transaction& tx, const Dispute& dispute);
    static std::optional<Dispute> Of(db::Transaction& tx, TicketId ticket);
    static std::optional<Dispute> Of(db::Database& database, const TenantId& tenant,
                                     TicketId ticket);
    // Of a ticket of that account.
    static std::optional<Dispute> OfOwned(db::Transaction& tx, AccountId account, TicketId ticket);
    static std::optional<Dispute> ByObjection(db::Transaction& tx, const Uuid& objection);
    // How often the account has disputed that line in vain.
    static std::int64_t CountLost(db::Transaction& tx, AccountId account, InvoiceLineId line);
    // False: somebody else has decided it.
    static bool Close(db::Transaction& tx, TicketId ticket, DisputeOutcome outcome);
    // Of the whole tenant, in the order of their tickets' ids, those after `after`.
    struct WithTicket {
        Dispute dispute;
        std::string number;
        TicketState state = TicketState::kNew;
    };
    static std::vector<WithTicket> All(db::Transaction& tx, TicketId after, std::size_t most);
};

}  // namespace livery::service_desk
