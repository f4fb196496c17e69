#include "db/connection.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>
#include <mysql.h>

#include <livery/check.h>
#include <livery/db/failure.h>

#include "db/bound_batch.h"
#include "db/sql_text.h"

namespace livery::db {

namespace {

constexpr unsigned kDuplicate = 1062;
constexpr unsigned kNeedsPreparing = 1615;
constexpr unsigned kServerGone = 2006;
constexpr unsigned kServerLost = 2013;
constexpr unsigned kNewColumns = 2057;

// Errors after which the connection is as good as before (stack notes, section 2.3).
bool LeavesConnectionUsable(unsigned number) {
    return number == kDuplicate || number == 1205 || number == 1213 || number == 1020 ||
           number == 1969 || number == 4025;
}

// Whoever lost the answer to COMMIT does not know: every error of the client itself (2000 and on,
// 5000 and on), and of the server, that it was told to stop or to drop us meanwhile.
bool LeavesCommitOpen(unsigned number) {
    constexpr unsigned kShutdown = 1053;
    constexpr unsigned kInterrupted = 1317;
    constexpr unsigned kKilled = 1927;
    return (number >= 2000 && number < 3000) || number >= 5000 || number == kShutdown ||
           number == kInterrupted || number == kKilled;
}

// The schema changed since the statement was prepared, and it did nothing: prepared again, it
// works. The second number comes from the client once the statement has run, which harms no SELECT.
bool IsStale(unsigned number, std::string_view sql) {
    return number == kNeedsPreparing || (number == kNewColumns && sql.starts_with("SELECT"));
}

Date DateOf(const MYSQL_TIME& time) {
    return std::chrono::sys_days(std::chrono::year(static_cast<int>(time.year)) /
                                 std::chrono::month(time.month) / std::chrono::day(time.day));
}

Instant InstantOf(const MYSQL_TIME& time) {
    return DateOf(time) + std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) +
           std::chrono::seconds(time.second) + std::chrono::microseconds(time.second_part);
}

enum class Kind { kInteger, kTime, kDate, kText };

Kind KindOf(enum_field_types type) {
    switch (type) {
        case MYSQL_TYPE_TINY:
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONGLONG:
        case MYSQL_TYPE_YEAR:
            return Kind::kInteger;
        case MYSQL_TYPE_DATETIME:
        case MYSQL_TYPE_TIMESTAMP:
            return Kind::kTime;
        case MYSQL_TYPE_DATE:
            return Kind::kDate;
        default:
            return Kind::kText;
    }
}

// One result column's landing place.
struct Column {
    Kind kind = Kind::kText;
    std::int64_t integer = 0;
    MYSQL_TIME time{};
    std::vector<char> text;
    unsigned long length = 0;
    my_bool null = 0;
};

}  // namespace

struct Connection::Prepared {
    explicit Prepared(MYSQL_STMT* made) : statement(made) {}
    ~Prepared() { mysql_stmt_close(statement); }
    Prepared(const Prepared&) = delete;

    MYSQL_STMT* statement;
    TimingSlot* timing = nullptr;
    PreparedText text;
    std::vector<MYSQL_BIND> binds;
    std::vector<std::int64_t> integers;
    std::vector<MYSQL_TIME> times;
    std::vector<Column> columns;
    std::vector<MYSQL_BIND> results;
};

struct Connection::Session {
    MYSQL* mysql = nullptr;
    std::unordered_map<const char*, std::unique_ptr<Prepared>> prepared;
    ~Session() {
        prepared.clear();
        if (mysql != nullptr) mysql_close(mysql);
    }
};

Connection::Connection(const Endpoint& endpoint, std::chrono::seconds patience)
    : session_(std::make_unique<Session>()) {
    MYSQL* mysql = session_->mysql = mysql_init(nullptr);
    const unsigned connect_seconds = 5;
    const auto io_seconds = static_cast<unsigned>(patience.count());
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
    mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &io_seconds);
    mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &io_seconds);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(mysql, MYSQL_INIT_COMMAND,
                  "SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,"
                  "ERROR_FOR_DIVISION_BY_ZERO', tx_isolation = 'READ-COMMITTED', "
                  "innodb_lock_wait_timeout = 5");
    const char* host = endpoint.socket.empty() ? endpoint.host.c_str() : nullptr;
    const char* socket = endpoint.socket.empty() ? nullptr : endpoint.socket.c_str();
    if (mysql_real_connect(mysql, host, endpoint.user.c_str(), endpoint.password.c_str(),
                           endpoint.database.empty() ? nullptr : endpoint.database.c_str(),
                           static_cast<unsigned>(endpoint.port), socket,
                           CLIENT_FOUND_ROWS) == nullptr) {
        throw Unavailable(fmt::format("no connection to the database ({})", mysql_errno(mysql)),
                          mysql_errno(mysql));
    }
    last_used_ = std::chrono::steady_clock::now();
}

Connection::~Connection() = default;

void Connection::Fail(std::string_view name, unsigned number) {
    if (!LeavesConnectionUsable(number)) healthy_ = false;
    lost_ = lost_ || number == kServerGone || number == kServerLost;
    const std::string what = fmt::format("{}: database error {}", name, number);
    if (number == kDuplicate) throw DuplicateKey(what, number);
    throw Failure(what, number);
}

Connection::Prepared& Connection::Prepare(std::string_view name, std::string_view sql,
                                          StatementWatch& watch) {
    auto& slot = session_->prepared[sql.data()];
    if (slot) {
        watch.CountsFor(*slot->timing);
        return *slot;
    }
    TimingSlot& timing = TimingSlot::Of(name);
    watch.CountsFor(timing);
    auto made = std::make_unique<Prepared>(mysql_stmt_init(session_->mysql));
    made->timing = &timing;
    made->text = PrepareText(sql);
    const my_bool yes = 1;
    mysql_stmt_attr_set(made->statement, STMT_ATTR_UPDATE_MAX_LENGTH, &yes);
    if (mysql_stmt_prepare(made->statement, made->text.sql.data(), made->text.sql.size()) != 0) {
        const unsigned number = mysql_stmt_errno(made->statement);
        session_->prepared.erase(sql.data());
        Fail(name, number);
    }
    const std::size_t count = made->text.tenant_at.size();
    made->binds.resize(count);
    made->integers.resize(count);
    made->times.resize(count);
    slot = std::move(made);
    return *slot;
}

void Connection::Bind(Prepared& prepared, std::string_view tenant, Params params) {
    auto next = params.begin();
    for (std::size_t i = 0; i < prepared.binds.size(); ++i) {
        MYSQL_BIND& bind = prepared.binds[i];
        std::memset(&bind, 0, sizeof(bind));
        const auto bytes = [&](enum_field_types type, std::string_view value) {
            bind.buffer_type = type;
            bind.buffer = const_cast<char*>(value.data());
            bind.buffer_length = value.size();
        };
        if (prepared.text.tenant_at[i]) {
            bytes(MYSQL_TYPE_STRING, tenant);
            continue;
        }
        LIVERY_CHECK(next != params.end(), "a statement got too few parameters");
        const Param::Value& value = (next++)->value();
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            prepared.integers[i] = *integer;
            bind.buffer_type = MYSQL_TYPE_LONGLONG;
            bind.buffer = &prepared.integers[i];
        } else if (const auto* text = std::get_if<std::string_view>(&value)) {
            bytes(MYSQL_TYPE_STRING, *text);
        } else if (const auto* uuid = std::get_if<Uuid>(&value)) {
            bytes(MYSQL_TYPE_BLOB, uuid->AsBinary());
        } else if (const auto* instant = std::get_if<Instant>(&value)) {
            prepared.times[i] = ToMysql(*instant);
            bind.buffer_type = MYSQL_TYPE_DATETIME;
            bind.buffer = &prepared.times[i];
        } else if (const auto* date = std::get_if<Date>(&value)) {
            prepared.times[i] = ToMysql(Instant(*date));
            bind.buffer_type = MYSQL_TYPE_DATE;
            bind.buffer = &prepared.times[i];
        } else {
            bind.buffer_type = MYSQL_TYPE_NULL;
        }
    }
    LIVERY_CHECK(next == params.end(), "a statement got too many parameters");
}

Connection::Prepared& Connection::Send(std::string_view name, std::string_view sql,
                                       std::string_view tenant, Params params,
                                       StatementWatch& watch) {
    last_used_ = std::chrono::steady_clock::now();
    for (bool again = true;; again = false) {
        Prepared& prepared = Prepare(name, sql, watch);
        Bind(prepared, tenant, params);
        if (!prepared.binds.empty())
            mysql_stmt_bind_param(prepared.statement, prepared.binds.data());
        if (mysql_stmt_execute(prepared.statement) == 0) return prepared;
        const unsigned number = mysql_stmt_errno(prepared.statement);
        session_->prepared.erase(sql.data());
        if (!again || !IsStale(number, sql)) Fail(name, number);
    }
}

std::uint64_t Connection::Execute(std::string_view name, std::string_view sql,
                                  std::string_view tenant, Params params) {
    StatementWatch watch;
    Prepared& prepared = Send(name, sql, tenant, params, watch);
    LIVERY_CHECK(mysql_stmt_field_count(prepared.statement) == 0,
                 "Execute of a statement that gives rows");
    return mysql_stmt_affected_rows(prepared.statement);
}

bool Connection::TakesBatches() const {
    unsigned long capabilities = 0;
    mariadb_get_infov(session_->mysql, MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES,
                      &capabilities);
    return (capabilities & (MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32)) != 0;
}

std::uint64_t Connection::ExecuteMany(std::string_view name, std::string_view sql,
                                      std::string_view tenant, const Batch& batch) {
    // So many that the round trip no longer counts, and few enough for one packet.
    constexpr std::size_t kMostRows = 1000;
    const std::size_t together = TakesBatches() ? kMostRows : 1;
    std::uint64_t affected = 0;
    for (std::size_t first = 0; first < batch.rows(); first += together) {
        StatementWatch watch;
        last_used_ = std::chrono::steady_clock::now();
        Prepared& prepared = Prepare(name, sql, watch);
        BoundBatch rows(prepared.text, tenant, batch,
                        {first, std::min(together, batch.rows() - first)});
        const auto count = static_cast<unsigned>(rows.count());
        mysql_stmt_attr_set(prepared.statement, STMT_ATTR_ARRAY_SIZE, &count);
        mysql_stmt_bind_param(prepared.statement, rows.binds());
        const bool done = mysql_stmt_execute(prepared.statement) == 0;
        const unsigned number = mysql_stmt_errno(prepared.statement);
        affected += done ? mysql_stmt_affected_rows(prepared.statement) : 0;
        constexpr unsigned kOne = 0;
        mysql_stmt_attr_set(prepared.statement, STMT_ATTR_ARRAY_SIZE, &kOne);
        if (done) continue;
        session_->prepared.erase(sql.data());
        Fail(name, number);
    }
    return affected;
}

// Where the columns of the next row go: integers and times as such, all else as text.
void Connection::BindResults(Prepared& prepared, unsigned count) {
    MYSQL_STMT* statement = prepared.statement;
    MYSQL_RES* metadata = mysql_stmt_result_metadata(statement);
    prepared.columns.resize(count);
    prepared.results.assign(count, MYSQL_BIND{});
    for (unsigned i = 0; i < count; ++i) {
        const MYSQL_FIELD* field = mysql_fetch_field_direct(metadata, i);
        Column& column = prepared.columns[i];
        MYSQL_BIND& bind = prepared.results[i];
        column.kind = KindOf(field->type);
        bind.is_null = &column.null;
        bind.length = &column.length;
        if (column.kind == Kind::kInteger) {
            bind.buffer_type = MYSQL_TYPE_LONGLONG;
            bind.buffer = &column.integer;
            bind.is_unsigned = (field->flags & UNSIGNED_FLAG) != 0 ? 1 : 0;
        } else if (column.kind == Kind::kText) {
            column.text.resize(std::max<std::size_t>(field->max_length, 1));
            bind.buffer_type = MYSQL_TYPE_STRING;
            bind.buffer = column.text.data();
            bind.buffer_length = column.text.size();
        } else {
            bind.buffer_type = field->type;
            bind.buffer = &column.time;
            bind.buffer_length = sizeof(column.time);
        }
    }
    mysql_free_result(metadata);
    mysql_stmt_bind_result(statement, prepared.results.data());
}

Rows Connection::Query(std::string_view name, std::string_view sql, std::string_view tenant,
                       Params params) {
    StatementWatch watch;
    Prepared& prepared = Send(name, sql, tenant, params, watch);
    MYSQL_STMT* statement = prepared.statement;
    if (mysql_stmt_store_result(statement) != 0) Fail(name, mysql_stmt_errno(statement));
    const unsigned count = mysql_stmt_field_count(statement);
    LIVERY_CHECK(count > 0, "Query of a statement that gives no rows");
    BindResults(prepared, count);
    Rows rows(name, count);
    int fetched = 0;
    while ((fetched = mysql_stmt_fetch(statement)) == 0) {
        for (const Column& column : prepared.columns) {
            if (column.null != 0) {
                rows.AddNull();
                continue;
            }
            switch (column.kind) {
                case Kind::kInteger:
                    rows.AddInt(column.integer);
                    break;
                case Kind::kTime:
                    rows.AddTime(InstantOf(column.time));
                    break;
                case Kind::kDate:
                    rows.AddDate(DateOf(column.time));
                    break;
                case Kind::kText:
                    rows.AddText({column.text.data(), column.length});
                    break;
            }
        }
    }
    mysql_stmt_free_result(statement);
    if (fetched != MYSQL_NO_DATA) Fail(name, mysql_stmt_errno(statement));
    return rows;
}

void Connection::Run(const std::string& sql) {
    last_used_ = std::chrono::steady_clock::now();
    if (mysql_real_query(session_->mysql, sql.data(), sql.size()) != 0)
        Fail("(text)", mysql_errno(session_->mysql));
}

void Connection::Begin() { Run("START TRANSACTION"); }

void Connection::BeginSnapshot() {
    Run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");  // of the next one only
    Run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

void Connection::Commit() {
    if (mysql_commit(session_->mysql) == 0) return;
    const unsigned number = mysql_errno(session_->mysql);
    healthy_ = false;
    lost_ = number == kServerGone || number == kServerLost;
    if (LeavesCommitOpen(number)) throw CommitUnknown("COMMIT: connection lost", number);
    throw Failure(fmt::format("COMMIT: database error {}", number), number);
}

void Connection::Rollback() noexcept {
    if (mysql_rollback(session_->mysql) != 0) healthy_ = false;
}

bool Connection::Ping() noexcept { return mysql_ping(session_->mysql) == 0; }

}  // namespace livery::db
