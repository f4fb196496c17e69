#include "mail/outbox_repository.h"

#include <sstream>

namespace livery::mail {

namespace {

using db::CrossTenantStatement;
using db::Statement;

constexpr Statement kInsert{
    "mail.insert",
    "INSERT INTO mail_outbox (tenant_id, id, from_address, from_name, to_address, to_name, "
    "subject, html, plain, file_plugin, file, message_id, thread, reply_to, is_bounce, created_at, "
    "next_try_at, tries) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"};
constexpr CrossTenantStatement kListDue{"mail.list_due",
                                        "SELECT tenant_id, id, next_try_at, tries FROM mail_outbox "
                                        "WHERE next_try_at <= ? ORDER BY next_try_at LIMIT 50"};
constexpr Statement kClaim{"mail.claim",
                           "UPDATE mail_outbox SET next_try_at = ?, tries = tries + 1 WHERE "
                           "tenant_id = :tenant AND id = ? AND next_try_at = ?"};
constexpr Statement kFind{"mail.find",
                          "SELECT from_address, from_name, to_address, to_name, subject, html, "
                          "plain, created_at, file_plugin, file, message_id, thread, reply_to, "
                          "is_bounce FROM mail_outbox "
                          "WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kMarkSent{"mail.mark_sent",
                              "UPDATE mail_outbox SET sent_at = ?, next_try_at = NULL, html = '', "
                              "plain = '' WHERE tenant_id = :tenant AND id = ?"};

// Ids have no blank in them.
std::string Lines(const std::vector<std::string>& ids) {
    std::string lines;
    for (const std::string& id : ids) lines += id + '\n';
    return lines;
}

std::vector<std::string> LinesOf(const std::string& lines) {
    std::vector<std::string> ids;
    std::istringstream in(lines);
    for (std::string id; std::getline(in, id);) ids.push_back(id);
    return ids;
}

}  // namespace

void OutboxRepository::Insert(db::Transaction& tx, Uuid id, const Message& m) {
    tx.Execute(kInsert,
               {id, m.from_address, m.from_name, m.to_address, m.to_name, m.subject, m.html,
                m.plain, m.enclosed.plugin, m.enclosed.file, m.thread.message_id,
                Lines(m.thread.references), m.thread.reply_to, m.is_bounce, m.date, m.date});
}

std::vector<DueMessage> OutboxRepository::ListDue(db::MariadbDatabase& database, Instant now) {
    std::vector<DueMessage> due;
    database.TransactAcrossTenants([&](auto& work) {
        due.clear();
        for (const db::Row row : work.Query(kListDue, {now})) {
            due.push_back({TenantId(std::string(row.Text(0))), row.Id(1), row.Time(2), row.Int(3)});
        }
    });
    return due;
}

bool OutboxRepository::Claim(db::Transaction& tx, const DueMessage& due, Instant until) {
    return tx.Execute(kClaim, {until, due.id, due.due_at}) == 1;
}

std::optional<Message> OutboxRepository::Find(db::Transaction& tx, Uuid id) {
    const db::Rows rows = tx.Query(kFind, {id});
    if (rows.empty()) return std::nullopt;
    const db::Row row = rows.Only();
    const auto text = [&](std::size_t column) { return std::string(row.Text(column)); };
    Message message{ToBase58(id), text(0), text(1), text(2),     text(3),
                    text(4),      text(5), text(6), row.Time(7), {text(8), text(9)}};
    message.thread = {text(10), LinesOf(text(11)), text(12)};
    message.is_bounce = row.Bool(13);
    return message;
}

void OutboxRepository::MarkSent(db::Transaction& tx, Uuid id, Instant now) {
    tx.Execute(kMarkSent, {now, id});
}

}  // namespace livery::mail
