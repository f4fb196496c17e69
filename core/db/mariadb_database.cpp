#include "db/mariadb_database.h"

#include <random>
#include <set>
#include <thread>

#include <livery/db/failure.h>

namespace livery::db {

namespace {

constexpr Statement kTouch{
    "core.touch",
    "INSERT INTO data_version (tenant_id, subject_id, version) VALUES (:tenant, ?, 1) "
    "ON DUPLICATE KEY UPDATE version = version + 1"};

class MariadbTransaction final : public Transaction {
 public:
    MariadbTransaction(Connection& connection, const TenantId& tenant)
        : connection_(connection), tenant_(tenant) {}
    const TenantId& tenant() const override { return tenant_; }
    Rows Query(const Statement& statement, Params params) override {
        return connection_.Query(statement.name(), statement.sql(), tenant_.value(), params);
    }
    std::uint64_t Execute(const Statement& statement, Params params) override {
        return connection_.Execute(statement.name(), statement.sql(), tenant_.value(), params);
    }
    std::uint64_t ExecuteMany(const Statement& statement, const Batch& batch) override {
        return connection_.ExecuteMany(statement.name(), statement.sql(), tenant_.value(), batch);
    }
    void Touch(SubjectId subject) override { touched_.insert(subject); }

    // At the end: each subject once, in one order everywhere, and locked no longer than needed.
    void SendTouches() {
        Batch batch;
        for (const SubjectId subject : touched_) batch.Add({subject});
        if (!batch.empty()) ExecuteMany(kTouch, batch);
    }

 private:
    Connection& connection_;
    const TenantId& tenant_;
    std::set<SubjectId> touched_;
};

// Rolls back unless it was committed.
class OpenTransaction {
 public:
    explicit OpenTransaction(Connection& connection,
                             void (Connection::*begin)() = &Connection::Begin)
        : connection_(connection) {
        (connection_.*begin)();
    }
    ~OpenTransaction() {
        if (!done_) connection_.Rollback();
    }
    void Commit() {
        done_ = true;
        connection_.Commit();
    }

 private:
    Connection& connection_;
    bool done_ = false;
};

// Deadlock, lock wait, snapshot conflict: the server rolled back and asks for another try. A
// connection that broke before COMMIT left nothing behind either.
bool MayRunAgain(unsigned number) {
    return number == 1213 || number == 1205 || number == 1020 || number == 2006 || number == 2013;
}

void BackOff(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const int most = 5 << attempt;
    std::this_thread::sleep_for(std::chrono::milliseconds(1 + static_cast<int>(random()) % most));
}

}  // namespace

void MariadbDatabase::Retry(const std::function<void(Connection&)>& attempt) {
    constexpr int kAttempts = 5;
    for (int i = 1;; ++i) {
        try {
            const auto loan = pool_.Borrow();
            attempt(*loan);
            return;
        } catch (const CommitUnknown&) {
            throw;
        } catch (const Failure& failure) {
            if (i == kAttempts || !MayRunAgain(failure.error_number())) throw;
        }
        BackOff(i);
    }
}

void MariadbDatabase::Transact(const TenantId& tenant,
                               const std::function<void(Transaction&)>& work) {
    Retry([&](Connection& connection) {
        OpenTransaction open(connection);
        MariadbTransaction transaction(connection, tenant);
        work(transaction);
        transaction.SendTouches();
        open.Commit();
    });
}

void MariadbDatabase::ReadSnapshot(const TenantId& tenant,
                                   const std::function<void(Transaction&)>& work) {
    Retry([&](Connection& connection) {
        const OpenTransaction open(connection, &Connection::BeginSnapshot);
        MariadbTransaction transaction(connection, tenant);
        work(transaction);
    });
}

void MariadbDatabase::TransactAcrossTenants(const std::function<void(CrossTenantWork&)>& work) {
    Retry([&](Connection& connection) {
        OpenTransaction open(connection);
        CrossTenantWork all(connection);
        work(all);
        open.Commit();
    });
}

Rows MariadbDatabase::Query(const TenantId& tenant, const Statement& statement, Params params) {
    Rows rows(statement.name(), 0);
    Retry([&](Connection& connection) {
        rows = connection.Query(statement.name(), statement.sql(), tenant.value(), params);
    });
    return rows;
}

}  // namespace livery::db
