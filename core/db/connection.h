#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <livery/db/batch.h>
#include <livery/db/param.h>
#include <livery/db/rows.h>
#include <livery/ids.h>

#include "db/timings.h"

namespace livery::db {

// How to reach a server: a Unix socket, or host and port.
struct Endpoint {
    std::string socket;
    std::string host;
    int port = 3306;
    std::string user;
    std::string password;
    std::string database;
};

// One connection, with the statements that it has prepared; the only door to libmariadb. Failures
// are livery::db::Failure and its kinds. Thread: one at a time.
class Connection {
 public:
    // `patience`: how long an answer may take before the connection counts as lost. Throws
    // Unavailable.
    explicit Connection(const Endpoint& endpoint,
                        std::chrono::seconds patience = std::chrono::seconds(30));
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // `name` and `sql` are literals (they key the kept statement); `tenant` is bound to `:tenant`.
    Rows Query(std::string_view name, std::string_view sql, std::string_view tenant, Params params);
    std::uint64_t Execute(std::string_view name, std::string_view sql, std::string_view tenant,
                          Params params);
    std::uint64_t ExecuteMany(std::string_view name, std::string_view sql, std::string_view tenant,
                              const Batch& batch);
    void Begin();
    // One that only reads, and sees the tables as they are now however long it takes.
    void BeginSnapshot();
    void Commit();  // throws CommitUnknown when the connection breaks meanwhile
    void Rollback() noexcept;
    // DDL and session settings: text from our own files, sent as it is.
    void Run(const std::string& sql);
    bool Ping() noexcept;

    // False once an error left the connection in doubt: the pool throws it away.
    bool healthy() const { return healthy_; }
    bool lost() const { return lost_; }  // the server is gone, so its other connections are too
    std::chrono::steady_clock::time_point last_used() const { return last_used_; }

 private:
    struct Session;
    struct Prepared;
    Prepared& Prepare(std::string_view name, std::string_view sql, StatementWatch& watch);
    void Bind(Prepared& prepared, std::string_view tenant, Params params);
    bool TakesBatches() const;
    Prepared& Send(std::string_view name, std::string_view sql, std::string_view tenant,
                   Params params, StatementWatch& watch);
    static void BindResults(Prepared& prepared, unsigned count);
    [[noreturn]] void Fail(std::string_view name, unsigned number);

    std::unique_ptr<Session> session_;
    bool healthy_ = true;
    bool lost_ = false;
    std::chrono::steady_clock::time_point last_used_;
};

}  // namespace livery::db
