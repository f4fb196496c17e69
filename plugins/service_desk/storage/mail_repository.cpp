#include "storage/mail_repository.h"

#include <livery/db/failure.h>

#include "domain/incoming_mail.h"

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kInsert{
    "service_desk.insert_mail",
    "INSERT INTO service_desk_mail (tenant_id, mail_key, mail_id, person_key, is_ours, ticket_id, "
    "agent, at) VALUES (:tenant, UNHEX(SHA2(?, 256)), ?, UNHEX(SHA2(?, 256)), ?, ?, ?, ?)"};
constexpr Statement kIsHere{
    "service_desk.is_mail_here",
    "SELECT 1 FROM service_desk_mail WHERE tenant_id = :tenant AND mail_key "
    "= UNHEX(SHA2(?, 256))"};
constexpr Statement kBelongs{"service_desk.mail_belongs",
                             "UPDATE service_desk_mail SET ticket_id = ? WHERE tenant_id = :tenant "
                             "AND mail_key = UNHEX(SHA2(?, 256))"};
constexpr Statement kPlace{
    "service_desk.place_of_mail",
    "SELECT ticket_id, agent, is_ours FROM service_desk_mail WHERE tenant_id = :tenant AND "
    "mail_key = UNHEX(SHA2(?, 256)) AND ticket_id IS NOT NULL"};
constexpr Statement kCount{
    "service_desk.count_mails_of_person",
    "SELECT COUNT(*) FROM service_desk_mail WHERE tenant_id = :tenant AND person_key = "
    "UNHEX(SHA2(?, 256)) AND is_ours = FALSE AND at > ?"};
constexpr Statement kLast{
    "service_desk.last_mail_of_person",
    "SELECT mail_id FROM service_desk_mail WHERE tenant_id = :tenant AND person_key = "
    "UNHEX(SHA2(?, 256)) AND is_ours = FALSE AND (ticket_id = ? OR (ticket_id IS NULL AND at = ?)) "
    "ORDER BY at DESC LIMIT 1"};
constexpr Statement kWatcher{"service_desk.is_watcher_by_mail",
                             "SELECT 1 FROM service_desk_watcher WHERE tenant_id = :tenant AND "
                             "ticket_id = ? AND email_key = ?"};
constexpr Statement kForget{"service_desk.forget_mails",
                            "DELETE FROM service_desk_mail WHERE tenant_id = :tenant AND at < ? "
                            "AND ticket_id IS NULL LIMIT 5000"};

constexpr std::size_t kMostReferences = 20;
constexpr std::size_t kLongestId = 250;

// As it may stand in a letter's References, or nothing.
std::string Writable(const std::string& id) {
    for (const char c : id)
        if (c <= ' ' || c >= 0x7F || c == '<' || c == '>') return "";
    return id.size() > kLongestId ? "" : id;
}

}  // namespace

bool MailRepository::Insert(db::Transaction& tx, const KnownMail& m) {
    try {
        tx.Execute(kInsert, {m.id, Writable(m.id), FoldedAddress(m.person), m.is_ours, m.ticket,
                             m.agent, m.at});
        return true;
    } catch (const db::DuplicateKey&) {
        return false;
    }
}

bool MailRepository::IsHere(db::Transaction& tx, const std::string& id) {
    return !tx.Query(kIsHere, {id}).empty();
}

void MailRepository::Belongs(db::Transaction& tx, const std::string& id, TicketId ticket) {
    tx.Execute(kBelongs, {ticket, id});
}

std::vector<MailRepository::Place> MailRepository::PlacesOf(db::Transaction& tx,
                                                            const std::vector<std::string>& ids) {
    std::vector<Place> places;
    std::size_t asked = 0;
    for (auto id = ids.rbegin(); id != ids.rend() && asked < kMostReferences; ++id, ++asked) {
        for (const Row row : tx.Query(kPlace, {*id}))
            places.push_back({row.As<TicketId>(0),
                              row.IsNull(1) ? std::nullopt : std::optional(row.As<UserId>(1)),
                              row.Bool(2)});
    }
    return places;
}

int MailRepository::CountFrom(db::Transaction& tx, const std::string& address, Instant since) {
    return static_cast<int>(tx.Query(kCount, {FoldedAddress(address), since}).Only().Int64(0));
}

std::string MailRepository::LastFrom(db::Transaction& tx, const std::string& address,
                                     TicketId ticket, Instant now) {
    const db::Rows rows = tx.Query(kLast, {FoldedAddress(address), ticket, now});
    return rows.empty() ? "" : std::string(rows.Only().Text(0));
}

bool MailRepository::IsWatcher(db::Transaction& tx, TicketId ticket, const std::string& address) {
    return !tx.Query(kWatcher, {ticket, FoldedAddress(address)}).empty();
}

std::uint64_t MailRepository::Forget(db::Transaction& tx, Instant until) {
    return tx.Execute(kForget, {until});
}

}  // namespace livery::service_desk
