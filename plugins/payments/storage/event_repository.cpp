#include "storage/event_repository.h"

#include <livery/db/failure.h>

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kAdd{
    "payments.add_event",
    "INSERT INTO payments_event (tenant_id, instance, event_id, about, provider_id, reference, "
    "received_at, next_look_at) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kDue{"payments.due_events",
                         "SELECT instance, event_id, about, provider_id, reference, received_at, "
                         "looks FROM payments_event WHERE tenant_id = :tenant AND handled_at IS "
                         "NULL AND next_look_at <= ? ORDER BY next_look_at LIMIT ?"};
constexpr Statement kPostpone{
    "payments.postpone_event",
    "UPDATE payments_event SET looks = ?, next_look_at = ? WHERE tenant_id = :tenant AND instance "
    "= ? AND event_id = ?"};
constexpr Statement kSetHandled{
    "payments.set_event_handled",
    "UPDATE payments_event SET handled_at = ? WHERE tenant_id = :tenant AND instance = ? AND "
    "event_id = ?"};

}  // namespace

bool EventRepository::Add(db::Transaction& tx, const ProviderEvent& event) {
    try {
        tx.Execute(kAdd, {event.instance, event.id, event.about, event.provider_id, event.reference,
                          event.received_at, event.received_at});
        return true;
    } catch (const db::DuplicateKey&) {
        return false;
    }
}

std::vector<ProviderEvent> EventRepository::Due(db::Database& database, const TenantId& tenant,
                                                Instant now, std::size_t most) {
    std::vector<ProviderEvent> events;
    for (const Row row : database.Query(tenant, kDue, {now, most})) {
        events.push_back({std::string(row.Text(0)), std::string(row.Text(1)),
                          std::string(row.Text(2)), std::string(row.Text(3)),
                          std::string(row.Text(4)), row.Time(5), row.Int(6)});
    }
    return events;
}

void EventRepository::SetHandled(db::Transaction& tx, const ProviderEvent& event, Instant now) {
    tx.Execute(kSetHandled, {now, event.instance, event.id});
}

void EventRepository::Postpone(db::Transaction& tx, const ProviderEvent& event, int looks,
                               Instant until) {
    tx.Execute(kPostpone, {looks, until, event.instance, event.id});
}

}  // namespace livery::payments
