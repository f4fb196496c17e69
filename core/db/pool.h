#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "db/connection.h"

namespace livery::db {

// Lends connections. The one used last goes out first, so that its prepared statements are warm;
// one whose last error left it in doubt is thrown away. Thread: any.
class Pool {
 public:
    Pool(Endpoint endpoint, std::size_t most, std::chrono::milliseconds patience);

    // A borrowed connection; gives itself back.
    class Loan {
     public:
        Loan(Pool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Loan(Loan&&) = default;
        ~Loan() {
            if (connection_) pool_->Return(std::move(connection_));
        }
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

     private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };
    // Throws Unavailable when none is free in time, or the server cannot be reached.
    Loan Borrow();
    std::size_t in_use();  // lent at this moment
    std::size_t most() const { return most_; }

 private:
    void Return(std::unique_ptr<Connection> connection);

    const Endpoint endpoint_;
    const std::size_t most_;
    const std::chrono::milliseconds patience_;
    std::mutex mutex_;  // guards all below
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t out_ = 0;
};

}  // namespace livery::db
