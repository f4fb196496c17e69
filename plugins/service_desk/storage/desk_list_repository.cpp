#include "storage/desk_list_repository.h"

#include <algorithm>

#include "storage/ticket_rows.h"

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

// What the statements of a list share. Of a place, `(a > x OR (a = x AND id > y))` is a range of an
// index; `(a, id) > (x, y)` is none, and would be walked from its first row. Nearly half of what is
// unsolved is never due, so `a = x` may be thousands.
#define TICKETS_ALONG "SELECT " TICKET_COLUMNS " FROM service_desk_ticket FORCE INDEX ("
#define DUE_AFTER                                                                               \
    " AND (due_at > ? OR (due_at = ? AND id > ?)) AND merged_into IS NULL ORDER BY due_at, id " \
    "LIMIT ?"
#define ACTIVE_BEFORE                                                                      \
    " AND (active_at < ? OR (active_at = ? AND id < ?)) AND merged_into IS NULL ORDER BY " \
    "active_at DESC, id DESC LIMIT ?"

// Of what is unsolved, and in a state: one of those that are.
constexpr Statement kDue{"service_desk.list_due", TICKETS_ALONG
                         "due) WHERE tenant_id = :tenant AND is_unsolved = 1" DUE_AFTER};
constexpr Statement kDueInQueue{
    "service_desk.list_due_in_queue", TICKETS_ALONG
    "due_in_queue) WHERE tenant_id = :tenant AND queue = ? AND is_unsolved = 1" DUE_AFTER};
constexpr Statement kDueInState{"service_desk.list_due_in_state", TICKETS_ALONG
                                "due_in_state) WHERE tenant_id = :tenant AND state = ?" DUE_AFTER};
constexpr Statement kDueInQueueAndState{
    "service_desk.list_due_in_queue_and_state", TICKETS_ALONG
    "due_in_queue_state) WHERE tenant_id = :tenant AND queue = ? AND state = ?" DUE_AFTER};
constexpr Statement kDueOf{
    "service_desk.list_due_of_assignee", TICKETS_ALONG
    "due_of_assignee) WHERE tenant_id = :tenant AND assignee <=> ? AND is_unsolved = 1" DUE_AFTER};
constexpr Statement kDueOfInQueue{"service_desk.list_due_of_assignee_in_queue", TICKETS_ALONG
                                  "due_of_assignee_in_queue) WHERE tenant_id = :tenant AND "
                                  "assignee <=> ? AND queue = ? AND is_unsolved = 1" DUE_AFTER};
// Asked for by the job, and seldom by a program: what of nobody's is unsolved, and not new, is
// little.
constexpr Statement kDueOfInState{"service_desk.list_due_of_assignee_in_state", TICKETS_ALONG
                                  "due_of_assignee) WHERE tenant_id = :tenant AND assignee <=> ? "
                                  "AND state = ? AND is_unsolved = 1" DUE_AFTER};
constexpr Statement kDueOfInQueueAndState{
    "service_desk.list_due_of_assignee_in_queue_and_state", TICKETS_ALONG
    "due_of_assignee_in_queue) WHERE tenant_id = :tenant AND assignee <=> ? AND queue = ? AND "
    "state = ? AND is_unsolved = 1" DUE_AFTER};
// Of all.
constexpr Statement kActive{"service_desk.list_active",
                            TICKETS_ALONG "by_activity) WHERE tenant_id = :tenant" ACTIVE_BEFORE};
constexpr Statement kActiveInQueue{
    "service_desk.list_active_in_queue",
    TICKETS_ALONG "by_queue) WHERE tenant_id = :tenant AND queue = ?" ACTIVE_BEFORE};
constexpr Statement kActiveInState{
    "service_desk.list_active_in_state",
    TICKETS_ALONG "by_state) WHERE tenant_id = :tenant AND state = ?" ACTIVE_BEFORE};
constexpr Statement kActiveInQueueAndState{
    "service_desk.list_active_in_queue_and_state", TICKETS_ALONG
    "by_queue_state) WHERE tenant_id = :tenant AND queue = ? AND state = ?" ACTIVE_BEFORE};
constexpr Statement kActiveOf{
    "service_desk.list_active_of_assignee",
    TICKETS_ALONG "by_assignee) WHERE tenant_id = :tenant AND assignee <=> ?" ACTIVE_BEFORE};
constexpr Statement kActiveOfInQueue{
    "service_desk.list_active_of_assignee_in_queue", TICKETS_ALONG
    "by_assignee_queue) WHERE tenant_id = :tenant AND assignee <=> ? AND queue = ?" ACTIVE_BEFORE};
constexpr Statement kActiveOfInState{
    "service_desk.list_active_of_assignee_in_state", TICKETS_ALONG
    "by_assignee_state) WHERE tenant_id = :tenant AND assignee <=> ? AND state = ?" ACTIVE_BEFORE};
constexpr Statement kActiveOfInQueueAndState{
    "service_desk.list_active_of_assignee_in_queue_and_state", TICKETS_ALONG
    "by_assignee_queue_state) WHERE tenant_id = :tenant AND assignee <=> ? AND queue = ? AND state "
    "= ?" ACTIVE_BEFORE};
// Of an account, which has few: what else is asked of them is looked for among those.
constexpr Statement kActiveOfAccount{
    "service_desk.list_of_account", TICKETS_ALONG
    "by_account_activity) WHERE tenant_id = :tenant AND account_id = ? AND (NOT ? OR is_unsolved = "
    "1) AND (? IS NULL OR assignee = ?) AND (NOT ? OR assignee IS NULL) AND (? = '' OR queue = ?) "
    "AND (? = '' OR state = ?)" ACTIVE_BEFORE};
constexpr Statement kNumbered{"service_desk.find_by_number",
                              "SELECT " TICKET_COLUMNS
                              " FROM service_desk_ticket WHERE tenant_id = :tenant AND number = ?"};
constexpr Statement kCountWaiting{"service_desk.count_waiting",
                                  "SELECT COUNT(*) FROM service_desk_ticket FORCE INDEX (by_state) "
                                  "WHERE tenant_id = :tenant AND state IN ('new', 'open')"};
constexpr Statement kDueBy{
    "service_desk.due_by",
    "SELECT id FROM service_desk_ticket FORCE INDEX (due_unraised) WHERE tenant_id = :tenant AND "
    "is_unsolved = 1 AND escalated_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?"};
constexpr Statement kSolvedBy{
    "service_desk.solved_by",
    "SELECT id FROM service_desk_ticket FORCE INDEX (solved) WHERE tenant_id = :tenant AND state = "
    "'solved' AND solved_at <= ? ORDER BY solved_at, id LIMIT ?"};

std::vector<TicketId> IdsIn(const db::Rows& rows) {
    std::vector<TicketId> ids;
    for (const Row row : rows) ids.push_back(row.As<TicketId>(0));
    return ids;
}

bool IsByDue(const TicketWish& wish) { return wish.unsolved && !wish.account; }

// Where a list begins: before all, in its order.
TicketPlace BeginOf(const TicketWish& wish) {
    return IsByDue(wish) ? TicketPlace{Instant{}, TicketId(Uuid{})} : TicketPlace::Newest();
}

// The columns of numbers and queues hold nothing else, and the server refuses to compare them.
bool IsAscii(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

// Whether nothing can be what is wished.
bool IsVain(const TicketWish& wish) {
    return !IsAscii(wish.number) || !IsAscii(wish.queue) ||
           (wish.unsolved && wish.state && !IsUnsolved(*wish.state));
}

}  // namespace

TicketPlace DeskListRepository::PlaceOf(const Ticket& ticket, const TicketWish& wish) {
    return {IsByDue(wish) ? ticket.due_at.value_or(kNeverDue) : ticket.active_at, ticket.id};
}

std::vector<Ticket> DeskListRepository::List(db::Database& database, const TenantId& tenant,
                                             const TicketWish& wish) {
    if (IsVain(wish)) return {};
    if (!wish.number.empty()) return TicketsIn(database.Query(tenant, kNumbered, {wish.number}));
    const auto [at, id] = wish.after.value_or(BeginOf(wish));
    const auto& of = wish.assignee;
    const auto& queue = wish.queue;
    const auto most = wish.most;
    const std::string_view state = wish.state ? ToString(*wish.state) : "";
    if (wish.account)
        return TicketsIn(database.Query(tenant, kActiveOfAccount,
                                        {*wish.account, wish.unsolved, of, of, wish.unassigned,
                                         queue, queue, state, state, at, at, id, most}));
    const auto ask = [&](const Statement& due, const Statement& active, db::Params params) {
        return TicketsIn(database.Query(tenant, wish.unsolved ? due : active, params));
    };
    const bool is_of = wish.assignee || wish.unassigned;
    const bool in_queue = !queue.empty();
    if (is_of && in_queue && wish.state)
        return ask(kDueOfInQueueAndState, kActiveOfInQueueAndState,
                   {of, queue, state, at, at, id, most});
    if (is_of && in_queue)
        return ask(kDueOfInQueue, kActiveOfInQueue, {of, queue, at, at, id, most});
    if (is_of && wish.state)
        return ask(kDueOfInState, kActiveOfInState, {of, state, at, at, id, most});
    if (is_of) return ask(kDueOf, kActiveOf, {of, at, at, id, most});
    if (in_queue && wish.state)
        return ask(kDueInQueueAndState, kActiveInQueueAndState, {queue, state, at, at, id, most});
    if (in_queue) return ask(kDueInQueue, kActiveInQueue, {queue, at, at, id, most});
    if (wish.state) return ask(kDueInState, kActiveInState, {state, at, at, id, most});
    return ask(kDue, kActive, {at, at, id, most});
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
