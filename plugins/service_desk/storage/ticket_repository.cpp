#include "storage/ticket_repository.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include <livery/check.h>

#include "storage/clocks_text.h"
#include "storage/ticket_rows.h"

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kBeginSeries{
    "service_desk.begin_series",
    "INSERT INTO service_desk_counter (tenant_id, year, last_number) VALUES (:tenant, ?, 0) ON "
    "DUPLICATE KEY UPDATE last_number = last_number"};
constexpr Statement kLastNumber{"service_desk.last_number",
                                "SELECT last_number FROM service_desk_counter WHERE tenant_id = "
                                ":tenant AND year = ? FOR UPDATE"};
constexpr Statement kSetNumber{
    "service_desk.set_number",
    "UPDATE service_desk_counter SET last_number = ? WHERE tenant_id = :tenant AND year = ?"};
constexpr Statement kInsert{
    "service_desk.insert_ticket",
    "INSERT INTO service_desk_ticket (tenant_id, id, number, account_id, subject, category, queue, "
    "priority, language, state, assignee, about_kind, about_id, follows, merged_into, created_at, "
    "active_at, solved_at, clocks, version, opened_by, due_at, escalated_at, is_unsolved) VALUES "
    "(:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kUpdate{
    "service_desk.update_ticket",
    "UPDATE service_desk_ticket SET subject = ?, category = ?, queue = ?, priority = ?, state = ?, "
    "assignee = ?, merged_into = ?, active_at = ?, solved_at = ?, clocks = ?, version = ?, due_at "
    "= ?, "
    "escalated_at = ?, is_unsolved = ? WHERE "
    "tenant_id = :tenant AND id = ? AND version = ?"};
constexpr Statement kFind{
    "service_desk.find_ticket",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket WHERE tenant_id = :tenant AND id = ? FOR UPDATE"};
constexpr Statement kFindOwned{
    "service_desk.find_owned_ticket",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket WHERE tenant_id = :tenant AND account_id = ? AND id = ? FOR UPDATE"};
constexpr Statement kRead{"service_desk.read_ticket",
                          "SELECT " TICKET_COLUMNS
                          " FROM service_desk_ticket WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kReadOwned{
    "service_desk.read_owned_ticket",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket WHERE tenant_id = :tenant AND account_id = ? AND id = ?"};
constexpr Statement kListOwned{
    "service_desk.list_owned_tickets",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (by_account_activity) WHERE tenant_id = :tenant AND "
    "account_id = ? AND (active_at < ? OR (active_at = ? AND id < ?)) AND merged_into IS NULL "
    "ORDER BY active_at DESC, id DESC LIMIT ?"};
constexpr Statement kListAbout{
    "service_desk.list_tickets_about",
    "SELECT " TICKET_COLUMNS
    " FROM service_desk_ticket FORCE INDEX (by_subject) WHERE tenant_id = :tenant AND account_id = "
    "? AND about_kind = ? AND about_id = ? AND merged_into IS NULL ORDER BY id DESC LIMIT ?"};
constexpr Statement kAddMessage{
    "service_desk.add_message",
    "INSERT INTO service_desk_message (tenant_id, ticket_id, id, is_public, party, author, "
    "author_name, body, at) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kMessages{
    "service_desk.messages",
    "SELECT id, is_public, party, author, author_name, body, at FROM service_desk_message WHERE "
    "tenant_id = :tenant AND ticket_id = ? AND (is_public OR ?) ORDER BY id"};

constexpr Statement kAddAttachment{
    "service_desk.add_attachment",
    "INSERT INTO service_desk_attachment (tenant_id, id, ticket_id, message_id, name, mime_type, "
    "size, sha256) VALUES (:tenant, ?, ?, ?, ?, ?, ?, UNHEX(?))"};
constexpr Statement kAttachments{"service_desk.attachments",
                                 "SELECT message_id, id, name, mime_type, size, LOWER(HEX(sha256)) "
                                 "FROM service_desk_attachment WHERE "
                                 "tenant_id = :tenant AND ticket_id = ? ORDER BY message_id, id"};

constexpr Statement kHasNewer{
    "service_desk.has_newer_message",
    "SELECT 1 FROM service_desk_message WHERE tenant_id = :tenant AND ticket_id = ? AND id > ? "
    "LIMIT 1"};
constexpr Statement kMessageIds{
    "service_desk.message_ids",
    "SELECT id, is_public FROM service_desk_message WHERE tenant_id = :tenant AND ticket_id = ?"};
constexpr Statement kMoveMessage{
    "service_desk.move_message",
    "UPDATE service_desk_message SET ticket_id = ? WHERE tenant_id = :tenant AND ticket_id = ? AND "
    "id = ?"};
constexpr Statement kMoveAttachmentsOf{
    "service_desk.move_attachments_of",
    "UPDATE service_desk_attachment SET ticket_id = ? WHERE tenant_id = :tenant AND ticket_id = ? "
    "AND message_id = ?"};
constexpr Statement kMoveMessages{
    "service_desk.move_messages",
    "UPDATE service_desk_message SET ticket_id = ? WHERE tenant_id = :tenant AND ticket_id = ?"};
constexpr Statement kMoveAttachments{
    "service_desk.move_attachments",
    "UPDATE service_desk_attachment SET ticket_id = ? WHERE tenant_id = :tenant AND ticket_id = ?"};
constexpr Statement kMoveWatchers{
    "service_desk.move_watchers",
    "INSERT IGNORE INTO service_desk_watcher (tenant_id, ticket_id, email_key, email, language) "
    "SELECT tenant_id, ?, email_key, email, language FROM service_desk_watcher WHERE tenant_id = "
    ":tenant AND ticket_id = ?"};

constexpr Statement kForgetWatchers{
    "service_desk.forget_watchers",
    "DELETE FROM service_desk_watcher WHERE tenant_id = :tenant AND ticket_id = ?"};

constexpr std::string_view kParties[]{"customer", "agent", "rule"};

std::string_view TextOf(Party party) { return kParties[static_cast<std::size_t>(party)]; }

Party PartyFrom(std::string_view text) {
    for (const Party party : {Party::kCustomer, Party::kAgent, Party::kRule}) {
        if (TextOf(party) == text) return party;
    }
    throw BrokenInvariant("a party that nobody knows: " + std::string(text));
}

std::optional<Ticket> OneOf(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return TicketOf(rows.Only());
}

// What is never due comes last.
Instant DueOf(const Ticket& ticket) { return ticket.due_at.value_or(kNeverDue); }

std::optional<Uuid> IdOf(const About& about) {
    return about.kind.empty() ? std::nullopt : std::optional(about.id);
}

}  // namespace

TicketPlace TicketPlace::Newest() {
    Uuid last;
    last.bytes.fill(0xff);
    return {kNeverDue, TicketId(last)};
}

std::string TicketPlace::ToString() const {
    using namespace std::chrono;
    return fmt::format("{}.{}", floor<microseconds>(active_at.time_since_epoch()).count(),
                       id.ToString());
}

std::optional<TicketPlace> TicketPlace::Parse(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    std::int64_t micros = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + dot, micros);
    const auto id = TicketId::Parse(text.substr(dot + 1));
    if (error != std::errc{} || end != text.data() + dot || micros < 0 || !id) return std::nullopt;
    // What is never due has a place too, and nothing comes later.
    if (std::chrono::microseconds(micros) > kNeverDue.time_since_epoch()) return std::nullopt;
    return TicketPlace{Instant(std::chrono::microseconds(micros)), *id};
}

std::string TicketRepository::NextNumber(db::Transaction& tx, int year) {
    tx.Execute(kBeginSeries, {year});
    const auto next = tx.Query(kLastNumber, {year}).Only().Int64(0) + 1;
    tx.Execute(kSetNumber, {next, year});
    return fmt::format("T-{}-{:06}", year, next);
}

void TicketRepository::Insert(db::Transaction& tx, const Ticket& t) {
    tx.Execute(kInsert, {t.id,           t.number,           t.account,
                         t.subject,      t.category,         t.queue,
                         t.priority,     t.language,         ToString(t.state),
                         t.assignee,     t.about.kind,       IdOf(t.about),
                         t.follows,      t.merged_into,      t.created_at,
                         t.active_at,    t.solved_at,        service_desk::TextOf(t.clocks),
                         t.version,      t.opened_by,        DueOf(t),
                         t.escalated_at, IsUnsolved(t.state)});
}

void TicketRepository::Update(db::Transaction& tx, const Ticket& t) {
    const auto changed = tx.Execute(
        kUpdate, {t.subject, t.category, t.queue, t.priority, ToString(t.state), t.assignee,
                  t.merged_into, t.active_at, t.solved_at, service_desk::TextOf(t.clocks),
                  t.version, DueOf(t), t.escalated_at, IsUnsolved(t.state), t.id, t.version - 1});
    LIVERY_CHECK(changed == 1, "a ticket that was changed without its lock");
}

std::optional<Ticket> TicketRepository::Find(db::Transaction& tx, TicketId id) {
    return OneOf(tx.Query(kFind, {id}));
}

std::optional<Ticket> TicketRepository::FindOwned(db::Transaction& tx, AccountId account,
                                                  TicketId id) {
    return OneOf(tx.Query(kFindOwned, {account, id}));
}

std::optional<Ticket> TicketRepository::Read(db::Database& database, const TenantId& tenant,
                                             TicketId id) {
    return OneOf(database.Query(tenant, kRead, {id}));
}

std::optional<Ticket> TicketRepository::ReadOwned(db::Database& database, const TenantId& tenant,
                                                  AccountId account, TicketId id) {
    return OneOf(database.Query(tenant, kReadOwned, {account, id}));
}

std::vector<Ticket> TicketRepository::ListOwned(db::Database& database, const TenantId& tenant,
                                                AccountId account,
                                                const std::optional<TicketPlace>& after,
                                                std::size_t most) {
    const auto [at, id] = after.value_or(TicketPlace::Newest());
    return TicketsIn(database.Query(tenant, kListOwned, {account, at, at, id, most}));
}

std::vector<Ticket> TicketRepository::ListAbout(db::Database& database, const TenantId& tenant,
                                                AccountId account, const About& about,
                                                std::size_t most) {
    return TicketsIn(database.Query(
        tenant, kListAbout, {account, about.kind, about.id, static_cast<std::int64_t>(most)}));
}

void TicketRepository::Add(db::Transaction& tx, TicketId ticket, const Message& m) {
    tx.Execute(kAddMessage,
               {ticket, m.id, m.is_public, TextOf(m.party), m.author, m.author_name, m.body, m.at});
    for (const Attachment& a : m.attachments)
        tx.Execute(kAddAttachment, {a.id, ticket, m.id, a.name, a.mime_type, a.size, a.sha256});
}

bool TicketRepository::HasNewer(db::Transaction& tx, TicketId ticket, MessageId seen) {
    return !tx.Query(kHasNewer, {ticket, seen}).empty();
}

std::map<MessageId, bool> TicketRepository::MessageIds(db::Transaction& tx, TicketId ticket) {
    std::map<MessageId, bool> ids;
    for (const Row row : tx.Query(kMessageIds, {ticket}))
        ids.emplace(row.As<MessageId>(0), row.Bool(1));
    return ids;
}

void TicketRepository::MoveMessage(db::Transaction& tx, TicketId from, MessageId message,
                                   TicketId to) {
    tx.Execute(kMoveMessage, {to, from, message});
    tx.Execute(kMoveAttachmentsOf, {to, from, message});
}

void TicketRepository::MoveMessages(db::Transaction& tx, TicketId from, TicketId to) {
    tx.Execute(kMoveMessages, {to, from});
    tx.Execute(kMoveAttachments, {to, from});
    tx.Execute(kMoveWatchers, {to, from});
    tx.Execute(kForgetWatchers, {from});
}

std::vector<Message> TicketRepository::Messages(db::Database& database, const TenantId& tenant,
                                                TicketId ticket, bool notes) {
    std::vector<Message> messages;
    for (const Row row : database.Query(tenant, kMessages, {ticket, notes})) {
        messages.push_back({row.As<MessageId>(0), row.Bool(1), PartyFrom(row.Text(2)),
                            MaybeId<UserId>(row, 3), std::string(row.Text(4)),
                            std::string(row.Text(5)), row.Time(6)});
    }
    for (const Row row : database.Query(tenant, kAttachments, {ticket})) {
        const auto owner = std::find_if(messages.begin(), messages.end(), [&](const Message& one) {
            return one.id == row.As<MessageId>(0);
        });
        // A note's, of somebody who reads none.
        if (owner == messages.end()) continue;
        owner->attachments.push_back({row.As<AttachmentId>(1), std::string(row.Text(2)),
                                      std::string(row.Text(3)), row.Int64(4),
                                      std::string(row.Text(5))});
    }
    return messages;
}

}  // namespace livery::service_desk
