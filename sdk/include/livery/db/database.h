#pragma once

#include <cstdint>
#include <functional>

#include <livery/db/batch.h>
#include <livery/db/param.h>
#include <livery/db/rows.h>
#include <livery/db/statement.h>
#include <livery/ids.h>

namespace livery::db {

// A unit of work for one tenant: all of it is kept, or nothing. Lives only inside
// Database::Transact; used by one thread. Failures of the server are exceptions (db/failure.h).
class Transaction {
 public:
    virtual ~Transaction();
    virtual const TenantId& tenant() const = 0;
    virtual Rows Query(const Statement& statement, Params params) = 0;
    // Rows matched by UPDATE and DELETE (not "changed": an UPDATE to the same value counts), rows
    // made by INSERT. A duplicate key throws DuplicateKey.
    virtual std::uint64_t Execute(const Statement& statement, Params params) = 0;
    // The same statement for every row of the batch, in one round trip where the server can (a
    // MariaDB can; another runs them one by one). Sums what Execute would return. An error of one
    // row fails the whole.
    virtual std::uint64_t ExecuteMany(const Statement& statement, const Batch& batch) = 0;
    // What the subject sees has changed: pages kept for it are no longer used, on any node, once
    // this commits. Every use case that changes something a subject sees calls it.
    virtual void Touch(SubjectId subject) = 0;
};

// The database that a tenant is placed on. Thread: any worker; each call borrows one pooled
// connection and keeps it until it returns, so do not nest calls.
class Database {
 public:
    virtual ~Database();

    // Runs `work` in a transaction and commits. Deadlock, lock wait and snapshot conflicts (1213,
    // 1205, 1020) run it again from the start, at most five times with jittered back-off: `work`
    // must have no effect but through its transaction. A connection lost before COMMIT is retried
    // likewise; one lost at COMMIT throws CommitUnknown, to be settled by reading.
    virtual void Transact(const TenantId& tenant,
                          const std::function<void(Transaction&)>& work) = 0;

    // One statement that only reads, without a transaction: one round trip.
    virtual Rows Query(const TenantId& tenant, const Statement& statement, Params params) = 0;
};

}  // namespace livery::db
