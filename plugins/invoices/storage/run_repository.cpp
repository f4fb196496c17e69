#include "storage/run_repository.h"

namespace livery::invoices {

namespace {

constexpr db::Statement kAdd{"invoices.add_run",
                             "INSERT INTO invoices_run (tenant_id, id, as_of, run_at, report) "
                             "VALUES (:tenant, ?, ?, ?, ?)"};

}  // namespace

void RunRepository::Add(db::Transaction& tx, const Uuid& id, CivilTime as_of, Instant now,
                        const std::string& report) {
    tx.Execute(kAdd, {id, Instant(as_of), now, report});
}

}  // namespace livery::invoices
