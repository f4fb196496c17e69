#include "jobs/verification.h"

#include <livery/db/failure.h>

namespace livery::jobs {

namespace {

Verdict Check(db::Transaction& tx, const host::Contributions::OwnedInvariant& owned,
              std::size_t most_rows) {
    const Invariant& invariant = owned.invariant;
    Verdict verdict{owned.plugin, invariant.id, invariant.summary, 0, {}, ""};
    try {
        invariant.check(tx, [&](Violation violation) {
            ++verdict.broken;
            if (verdict.rows.size() < most_rows) verdict.rows.push_back(std::move(violation));
        });
    } catch (const db::Failure&) {
        throw;  // of the whole transaction, which may be run again
    } catch (const std::exception& error) {
        verdict.failure = error.what();
    }
    return verdict;
}

}  // namespace

std::vector<Verdict> Verify(db::MariadbDatabase& database, const Tenant& tenant,
                            const std::vector<host::Contributions::OwnedInvariant>& invariants,
                            std::size_t most_rows) {
    std::vector<Verdict> verdicts;
    database.ReadSnapshot(tenant.id, [&](db::Transaction& tx) {
        verdicts.clear();
        for (const auto& owned : invariants) {
            if (tenant.Enables(owned.plugin)) verdicts.push_back(Check(tx, owned, most_rows));
        }
    });
    return verdicts;
}

}  // namespace livery::jobs
