#pragma once

#include <atomic>
#include <string>

#include <livery/db/database.h>

namespace livery::kills {

// Where a billing run is, in memory that outlives it.
struct Progress {
    enum class State : int { kStarting, kWorking, kCommitting, kBetween };
    std::atomic<State> state{State::kStarting};
    std::atomic<int> commits{0};  // answered ones, of all processes that shared this
};

// A Progress in a file that several processes map.
class SharedProgress {
 public:
    explicit SharedProgress(const std::string& file);
    ~SharedProgress();
    SharedProgress(const SharedProgress&) = delete;
    SharedProgress& operator=(const SharedProgress&) = delete;
    Progress* operator->() { return progress_; }

 private:
    Progress* progress_;
};

// Says where it is in each unit of work. `committing` is said when all statements were sent but
// COMMIT.
class WatchedDatabase final : public db::Database {
 public:
    WatchedDatabase(db::Database& database, SharedProgress& progress)
        : database_(database), progress_(progress) {}
    void Transact(const TenantId& tenant,
                  const std::function<void(db::Transaction&)>& work) override;
    db::Rows Query(const TenantId& tenant, const db::Statement& statement,
                   db::Params params) override {
        return database_.Query(tenant, statement, params);
    }

 private:
    db::Database& database_;
    SharedProgress& progress_;
};

}  // namespace livery::kills
