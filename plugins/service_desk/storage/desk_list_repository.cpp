#include "storage/desk_list_repository.h"

#include "storage/ticket_rows.h"

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

// Of what is unsolved.
constexpr Statement kDue{
    "service_desk.list_due",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (due) WHERE tenant_id = :tenant AND is_unsolved = 1 AND "
    "due_at >= ? AND (due_at > ? OR id > ?) AND merged_into IS NULL AND (? = "
    "'' OR queue = ?) AND (? = '' OR state = ?) ORDER BY due_at, id LIMIT ?"};
constexpr Statement kDueInQueue{
    "service_desk.list_due_in_queue",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (due_in_queue) WHERE tenant_id = :tenant AND queue = ? "
    "AND is_unsolved = 1 AND "
    "due_at >= ? AND (due_at > ? OR id > ?) AND merged_into IS NULL AND (? = '' OR queue = ?) AND "
    "(? = '' OR state = ?) ORDER BY due_at, id LIMIT ?"};
constexpr Statement kDueOf{
    "service_desk.list_due_of_assignee",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (due_of_assignee) WHERE tenant_id = :tenant AND "
    "assignee <=> ? AND is_unsolved = "
    "1 AND due_at >= ? AND (due_at > ? OR id > ?) AND merged_into IS NULL AND (? = '' OR queue = "
    "?) AND (? = '' OR state = ?) ORDER BY due_at, id LIMIT ?"};
// Of all.
constexpr Statement kActive{
    "service_desk.list_active",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (by_activity) WHERE tenant_id = :tenant AND active_at "
    "<= ? AND (active_at < ? OR "
    "id < ?) AND merged_into IS NULL AND (? = '' OR queue = ?) AND (? = '' OR state = ?) ORDER BY "
    "active_at DESC, id DESC LIMIT ?"};
constexpr Statement kActiveInState{
    "service_desk.list_active_in_state",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (by_state) WHERE tenant_id = :tenant AND state = ? AND "
    "active_at <= ? AND "
    "(active_at < ? OR id < ?) AND merged_into IS NULL AND (? = '' OR queue = ?) AND (? = '' OR "
    "state = ?) ORDER BY active_at DESC, id DESC LIMIT ?"};
constexpr Statement kActiveInQueue{
    "service_desk.list_active_in_queue",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (by_queue) WHERE tenant_id = :tenant AND queue = ? AND "
    "active_at <= ? AND "
    "(active_at < ? OR id < ?) AND merged_into IS NULL AND (? = '' OR queue = ?) AND (? = '' OR "
    "state = ?) ORDER BY active_at DESC, id DESC LIMIT ?"};
constexpr Statement kActiveOf{
    "service_desk.list_active_of_assignee",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (by_assignee) WHERE tenant_id = :tenant AND assignee "
    "<=> ? AND active_at <= ? AND "
    "(active_at < ? OR id < ?) AND merged_into IS NULL AND (? = '' OR queue = ?) AND (? = '' OR "
    "state = ?) ORDER BY active_at DESC, id DESC LIMIT ?"};
// Of an account: there are few.
constexpr Statement kActiveOfAccount{
    "service_desk.list_of_account",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket WHERE tenant_id = :tenant AND account_id = ? AND (NOT ? OR "
    "is_unsolved = 1) AND (? IS NULL OR assignee = ?) AND (NOT ? OR assignee IS NULL) AND "
    "active_at <= ? AND (active_at < ? OR id < ?) AND merged_into IS NULL AND (? = '' OR queue = "
    "?) AND (? = '' OR state = ?) ORDER BY active_at DESC, id DESC LIMIT ?"};
constexpr Statement kNumbered{"service_desk.find_by_number",
                              "SELECT " TICKET_COLUMNS
                              " FROM service_desk_ticket WHERE tenant_id = :tenant AND number = ?"};
constexpr Statement kCountWaiting{"service_desk.count_waiting",
                                  "SELECT COUNT(*) FROM service_desk_ticket WHERE tenant_id = "
                                  ":tenant AND state IN ('new', 'open')"};
constexpr Statement kDueBy{
    "service_desk.due_by",
    "SELECT id FROM service_desk_ticket FORCE INDEX (due) WHERE tenant_id = :tenant AND "
    "is_unsolved = 1 AND due_at <= ? AND escalated_at IS NULL ORDER BY due_at, id LIMIT ?"};
constexpr Statement kSolvedBy{
    "service_desk.solved_by",
    "SELECT id FROM service_desk_ticket FORCE INDEX (solved) WHERE tenant_id = :tenant AND state = "
    "'solved' AND solved_at <= ? ORDER BY solved_at, id LIMIT ?"};

std::vector<TicketId> IdsIn(const db::Rows& rows) {
    std::vector<TicketId> ids;
    for (const Row row : rows) ids.push_back(row.As<TicketId>(0));
    return ids;
}

// Every uuid is less.
Uuid LastUuid() {
    Uuid uuid;
    uuid.bytes.fill(0xff);
    return uuid;
}

bool IsByDue(const TicketWish& wish) { return wish.unsolved && !wish.account; }

// Where a list begins: before all, in its order.
TicketPlace BeginOf(const TicketWish& wish) {
    return IsByDue(wish) ? TicketPlace{Instant{}, TicketId(Uuid{})}
                         : TicketPlace{kNeverDue, TicketId(LastUuid())};
}

}  // namespace

TicketPlace DeskListRepository::PlaceOf(const Ticket& ticket, const TicketWish& wish) {
    return {IsByDue(wish) ? ticket.due_at.value_or(kNeverDue) : ticket.active_at, ticket.id};
}

std::vector<Ticket> DeskListRepository::List(db::Database& database, const TenantId& tenant,
                                             const TicketWish& wish) {
    if (!wish.number.empty()) return TicketsIn(database.Query(tenant, kNumbered, {wish.number}));
    const TicketPlace place = wish.after.value_or(BeginOf(wish));
    const std::string state(wish.state ? ToString(*wish.state) : "");
    const auto most = static_cast<std::int64_t>(wish.most);
    const bool of_somebody = wish.assignee || wish.unassigned;
    const auto& [at, id] = place;
    if (wish.account)
        return TicketsIn(database.Query(
            tenant, kActiveOfAccount,
            {*wish.account, wish.unsolved, wish.assignee, wish.assignee, wish.unassigned, at, at,
             id, wish.queue, wish.queue, state, state, most}));
    if (of_somebody)
        return TicketsIn(database.Query(
            tenant, wish.unsolved ? kDueOf : kActiveOf,
            {wish.assignee, at, at, id, wish.queue, wish.queue, state, state, most}));
    if (!wish.unsolved && wish.state)
        return TicketsIn(
            database.Query(tenant, kActiveInState,
                           {state, at, at, id, wish.queue, wish.queue, state, state, most}));
    if (!wish.queue.empty())
        return TicketsIn(
            database.Query(tenant, wish.unsolved ? kDueInQueue : kActiveInQueue,
                           {wish.queue, at, at, id, wish.queue, wish.queue, state, state, most}));
    return TicketsIn(database.Query(tenant, wish.unsolved ? kDue : kActive,
                                    {at, at, id, wish.queue, wish.queue, state, state, most}));
}

std::int64_t DeskListRepository::CountWaiting(db::Database& database, const TenantId& tenant) {
    return database.Query(tenant, kCountWaiting, {}).Only().Int64(0);
}

std::vector<TicketId> DeskListRepository::DueBy(db::Database& database, const TenantId& tenant,
                                                Instant then, std::size_t most) {
    return IdsIn(database.Query(tenant, kDueBy, {then, static_cast<std::int64_t>(most)}));
}

std::vector<TicketId> DeskListRepository::SolvedBy(db::Database& database, const TenantId& tenant,
                                                   Instant then, std::size_t most) {
    return IdsIn(database.Query(tenant, kSolvedBy, {then, static_cast<std::int64_t>(most)}));
}

}  // namespace livery::service_desk
