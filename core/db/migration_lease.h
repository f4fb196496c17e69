#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "db/connection.h"

namespace livery::db {

// The right to migrate a database, held by one process of all its hosts at a time: a row that says
// who has it and until when. A thread renews it while it is held, however long a migration runs.
// Who finds it held waits, but not for a holder that died: one of this machine is looked up, one
// of another machine no longer renews.
class MigrationLease {
 public:
    struct Options {
        std::chrono::milliseconds term{60'000};
        std::chrono::milliseconds renew_every{10'000};
        std::chrono::milliseconds patience{600'000};
    };

    // Waits for its turn; throws std::runtime_error naming the holder when it does not come.
    MigrationLease(const Endpoint& endpoint, const Options& options);
    ~MigrationLease();  // gives it back
    MigrationLease(const MigrationLease&) = delete;
    MigrationLease& operator=(const MigrationLease&) = delete;

    // Throws std::runtime_error when it could not be renewed in time: another may hold it now.
    void Check();

 private:
    void MakeTable();
    // Once its term has ended, or at once when `holder` has it.
    bool Take(const std::string& holder);
    bool TakeFromTheDead();
    void Keep();
    bool Renew();
    std::string Holder();

    const Endpoint endpoint_;
    const Options options_;
    const std::string owner_;
    // Of the constructor, then of the keeper's thread, then of the destructor.
    std::unique_ptr<Connection> connection_;
    std::mutex mutex_;  // guards all below
    std::condition_variable ends_;
    bool ending_ = false;
    bool lost_ = false;
    std::chrono::steady_clock::time_point good_until_;
    std::thread keeper_;
};

}  // namespace livery::db
