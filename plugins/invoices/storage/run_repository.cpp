#include "storage/run_repository.h"

namespace livery::invoices {

namespace {

constexpr db::Statement kAdd{"invoices.add_run",
                             "INSERT INTO invoices_run (tenant_id, id, as_of, run_at, report) "
                             "VALUES (:tenant, ?, ?, ?, ?)"};
// Ids are made in the order of time.
constexpr db::Statement kLast{"invoices.last_run",
                              "SELECT report FROM invoices_run WHERE tenant_id = :tenant "
                              "ORDER BY id DESC LIMIT 1"};

}  // namespace

void RunRepository::Add(db::Transaction& tx, const Uuid& id, CivilTime as_of, Instant now,
                        const std::string& report) {
    tx.Execute(kAdd, {id, Instant(as_of), now, report});
}

std::optional<std::string> RunRepository::Last(db::Transaction& tx) {
    const db::Rows rows = tx.Query(kLast, {});
    return rows.empty() ? std::nullopt : std::optional(std::string(rows[0].Text(0)));
}

}  // namespace livery::invoices
