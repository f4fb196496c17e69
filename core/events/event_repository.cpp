#include "events/event_repository.h"

#include <livery/db/batch.h>

namespace livery::events {

namespace {

using db::Row;
using db::Statement;

// Of one reading; the next one goes on.
constexpr int kMostAtOnce = 2'000;

constexpr Statement kInsert{
    "events.insert",
    "INSERT INTO events_event (tenant_id, id, name, about, facts, at) VALUES (:tenant, ?, ?, ?, ?, "
    "?)"};
constexpr Statement kBegin{"events.begin_counter",
                           "INSERT INTO events_counter (tenant_id, last_number) VALUES (:tenant, "
                           "0) ON DUPLICATE KEY UPDATE last_number = last_number"};
constexpr Statement kLast{
    "events.last_number",
    "SELECT last_number FROM events_counter WHERE tenant_id = :tenant FOR UPDATE"};
constexpr Statement kUnnumbered{"events.unnumbered",
                                "SELECT id FROM events_event WHERE tenant_id = :tenant AND number "
                                "IS NULL ORDER BY id LIMIT ?"};
constexpr Statement kNumber{"events.number",
                            "UPDATE events_event SET number = ? WHERE tenant_id = :tenant AND id = "
                            "?"};
constexpr Statement kSetLast{"events.set_last_number",
                             "UPDATE events_counter SET last_number = ? WHERE tenant_id = :tenant"};
constexpr Statement kForget{
    "events.forget",
    "DELETE FROM events_event WHERE tenant_id = :tenant AND at < ? ORDER BY at LIMIT ?"};
constexpr Statement kList{
    "events.list",
    "SELECT number, name, about, facts, at FROM events_event WHERE tenant_id = :tenant AND number "
    "> ? ORDER BY number LIMIT ?"};

}  // namespace

void EventRepository::Insert(db::Transaction& tx, Uuid id, Instant at, const Events::Event& event) {
    tx.Execute(kInsert, {id, event.name, event.about, event.facts, at});
}

void EventRepository::Number(db::Transaction& tx, Instant keep_from) {
    tx.Execute(kBegin, {});
    std::int64_t number = tx.Query(kLast, {}).Only().Int64(0);
    // Before they get numbers that nobody would see.
    while (tx.Execute(kForget, {keep_from, kMostAtOnce}) == kMostAtOnce) {
    }
    db::Batch batch;
    for (const Row row : tx.Query(kUnnumbered, {kMostAtOnce})) batch.Add({++number, row.Id(0)});
    if (!batch.empty()) {
        tx.ExecuteMany(kNumber, batch);
        tx.Execute(kSetLast, {number});
    }
}

std::vector<Recorded> EventRepository::List(db::Database& database, const TenantId& tenant,
                                            std::int64_t after, std::size_t most) {
    std::vector<Recorded> events;
    for (const Row row : database.Query(tenant, kList, {after, static_cast<std::int64_t>(most)}))
        events.push_back({row.Int64(0), std::string(row.Text(1)), std::string(row.Text(2)),
                          std::string(row.Text(3)), row.Time(4)});
    return events;
}

}  // namespace livery::events
