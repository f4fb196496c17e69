#include "db/pool.h"

#include <livery/db/failure.h>

namespace livery::db {

Pool::Pool(Endpoint endpoint, std::size_t most, std::chrono::milliseconds patience)
    : endpoint_(std::move(endpoint)), most_(most), patience_(patience) {}

Pool::Loan Pool::Borrow() {
    constexpr std::chrono::seconds kTrusted{30};
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, patience_, [this] { return out_ < most_; })) {
        throw Unavailable("every database connection is in use", 0);
    }
    ++out_;
    std::unique_ptr<Connection> connection;
    if (!idle_.empty()) {
        connection = std::move(idle_.back());
        idle_.pop_back();
    }
    lock.unlock();
    const bool rested =
        connection && std::chrono::steady_clock::now() - connection->last_used() > kTrusted;
    if (rested && !connection->Ping()) connection.reset();
    if (!connection) {
        try {
            connection = std::make_unique<Connection>(endpoint_);
        } catch (...) {
            const std::lock_guard again(mutex_);
            --out_;
            freed_.notify_one();
            throw;
        }
    }
    return {*this, std::move(connection)};
}

std::size_t Pool::in_use() {
    const std::lock_guard lock(mutex_);
    return out_;
}

void Pool::Return(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    --out_;
    if (connection->healthy()) {
        idle_.push_back(std::move(connection));
    } else if (connection->lost()) {
        idle_.clear();  // the server went away: the others are as dead
    }
    freed_.notify_one();
}

}  // namespace livery::db
