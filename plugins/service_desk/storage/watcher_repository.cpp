#include "storage/watcher_repository.h"

#include <algorithm>

namespace livery::service_desk {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kList{
    "service_desk.watchers",
    "SELECT email, language FROM service_desk_watcher WHERE tenant_id = :tenant AND ticket_id = ? "
    "ORDER BY email_key"};
constexpr Statement kAdd{
    "service_desk.add_watcher",
    "INSERT INTO service_desk_watcher (tenant_id, ticket_id, email_key, email, language) VALUES "
    "(:tenant, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE email = VALUE(email)"};
constexpr Statement kRemove{"service_desk.remove_watcher",
                            "DELETE FROM service_desk_watcher WHERE tenant_id = :tenant AND "
                            "ticket_id = ? AND email_key = ?"};

// Whoever writes an address in capitals means the same box.
std::string KeyOf(std::string email) {
    std::transform(email.begin(), email.end(), email.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    });
    return email;
}

std::vector<Watcher> WatchersIn(const db::Rows& rows) {
    std::vector<Watcher> watchers;
    for (const Row row : rows)
        watchers.push_back({std::string(row.Text(0)), std::string(row.Text(1))});
    return watchers;
}

}  // namespace

std::vector<Watcher> WatcherRepository::List(db::Transaction& tx, TicketId ticket) {
    return WatchersIn(tx.Query(kList, {ticket}));
}

std::vector<Watcher> WatcherRepository::List(db::Database& database, const TenantId& tenant,
                                             TicketId ticket) {
    return WatchersIn(database.Query(tenant, kList, {ticket}));
}

void WatcherRepository::Add(db::Transaction& tx, TicketId ticket, const Watcher& watcher) {
    tx.Execute(kAdd, {ticket, KeyOf(watcher.email), watcher.email, watcher.language});
}

bool WatcherRepository::Remove(db::Transaction& tx, TicketId ticket, const std::string& email) {
    return tx.Execute(kRemove, {ticket, KeyOf(email)}) > 0;
}

}  // namespace livery::service_desk
