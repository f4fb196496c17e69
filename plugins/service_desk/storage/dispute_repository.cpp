#include "storage/dispute_repository.h"

#include <livery/check.h>

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

#define DISPUTE_COLUMNS "d.ticket_id, d.objection_id, d.amount, d.currency, d.outcome "

constexpr Statement kAdd{
    "service_desk.add_dispute",
    "INSERT INTO service_desk_dispute (tenant_id, ticket_id, objection_id, amount, currency, "
    "outcome) VALUES (:tenant, ?, ?, ?, ?, ?)"};
constexpr Statement kOf{"service_desk.dispute_of",
                        "SELECT " DISPUTE_COLUMNS
                        "FROM service_desk_dispute d WHERE d.tenant_id = :tenant AND d.ticket_id = "
                        "?"};
constexpr Statement kOfOwned{
    "service_desk.dispute_of_owned",
    "SELECT " DISPUTE_COLUMNS
    "FROM service_desk_dispute d JOIN service_desk_ticket t ON t.tenant_id = d.tenant_id AND t.id "
    "= d.ticket_id WHERE d.tenant_id = :tenant AND d.ticket_id = ? AND t.account_id = ?"};
constexpr Statement kByObjection{
    "service_desk.dispute_by_objection",
    "SELECT " DISPUTE_COLUMNS
    "FROM service_desk_dispute d WHERE d.tenant_id = :tenant AND d.objection_id = ?"};
constexpr Statement kCountLost{
    "service_desk.count_lost_disputes",
    "SELECT COUNT(*) FROM service_desk_ticket t JOIN service_desk_dispute d ON d.tenant_id = "
    "t.tenant_id AND d.ticket_id = t.id WHERE t.tenant_id = :tenant AND t.account_id = ? AND "
    "t.about_kind = 'invoice_line' AND t.about_id = ? AND d.outcome IN ('wrong', 'withdrawn')"};
constexpr Statement kClose{
    "service_desk.close_dispute",
    "UPDATE service_desk_dispute SET outcome = ? WHERE tenant_id = :tenant AND ticket_id = ? AND "
    "outcome = 'undecided'"};
constexpr Statement kAll{
    "service_desk.all_disputes",
    "SELECT " DISPUTE_COLUMNS
    ", t.number, t.state FROM service_desk_dispute d JOIN service_desk_ticket t ON t.tenant_id = "
    "d.tenant_id AND t.id = d.ticket_id WHERE d.tenant_id = :tenant AND d.ticket_id > ? ORDER BY "
    "d.ticket_id LIMIT ?"};

Dispute DisputeOf(const Row& row) {
    const auto outcome = DisputeOutcomeFrom(row.Text(4));
    LIVERY_CHECK(outcome.has_value(), "an outcome of a dispute that nobody knows");
    return {row.As<TicketId>(0), row.Id(1), Money(row.Int64(2), *Currency::Parse(row.Text(3))),
            *outcome};
}

std::optional<Dispute> OneOf(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return DisputeOf(rows.Only());
}

}  // namespace

void DisputeRepository::Add(db::Transaction& tx, const Dispute& d) {
    tx.Execute(kAdd, {d.ticket, d.objection, d.amount.minor_units(), d.amount.currency().code(),
                      ToString(d.outcome)});
}

std::optional<Dispute> DisputeRepository::Of(db::Transaction& tx, TicketId ticket) {
    return OneOf(tx.Query(kOf, {ticket}));
}

std::optional<Dispute> DisputeRepository::Of(db::Database& database, const TenantId& tenant,
                                             TicketId ticket) {
    return OneOf(database.Query(tenant, kOf, {ticket}));
}

std::optional<Dispute> DisputeRepository::OfOwned(db::Transaction& tx, AccountId account,
                                                  TicketId ticket) {
    return OneOf(tx.Query(kOfOwned, {ticket, account}));
}

std::optional<Dispute> DisputeRepository::ByObjection(db::Transaction& tx, const Uuid& objection) {
    return OneOf(tx.Query(kByObjection, {objection}));
}

std::int64_t DisputeRepository::CountLost(db::Transaction& tx, AccountId account,
                                          InvoiceLineId line) {
    return tx.Query(kCountLost, {account, line}).Only().Int64(0);
}

bool DisputeRepository::Close(db::Transaction& tx, TicketId ticket, DisputeOutcome outcome) {
    return tx.Execute(kClose, {ToString(outcome), ticket}) == 1;
}

std::vector<DisputeRepository::WithTicket> DisputeRepository::All(db::Transaction& tx,
                                                                  TicketId after,
                                                                  std::size_t most) {
    std::vector<WithTicket> all;
    for (const Row row : tx.Query(kAll, {after, static_cast<std::int64_t>(most)})) {
        const auto state = TicketStateFrom(row.Text(6));
        LIVERY_CHECK(state.has_value(), "a ticket's state that nobody knows");
        all.push_back({DisputeOf(row), std::string(row.Text(5)), *state});
    }
    return all;
}

}  // namespace livery::service_desk
