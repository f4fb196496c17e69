#include "db/migration_lease.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <livery/db/failure.h>

namespace livery::db {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// The host's own book-keeping, over all tenants.
constexpr const char* kCreate =
    "CREATE TABLE IF NOT EXISTS schema_lease (id INT NOT NULL PRIMARY KEY, until_at DATETIME(6) "
    "NOT NULL) ENGINE = InnoDB";
constexpr const char* kAddOwner =
    "ALTER TABLE schema_lease ADD COLUMN IF NOT EXISTS owner VARCHAR(200) CHARACTER SET ascii NOT "
    "NULL DEFAULT '', ADD COLUMN IF NOT EXISTS host VARCHAR(255) NOT NULL DEFAULT '', ADD COLUMN "
    "IF NOT EXISTS pid INT NOT NULL DEFAULT 0";
constexpr const char* kSeed =
    "INSERT IGNORE INTO schema_lease (id, until_at) VALUES (1, '2000-01-01')";
constexpr const char* kTake =
    "UPDATE schema_lease SET until_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND, owner = ?, host "
    "= ?, pid = ? WHERE id = 1 AND (until_at < UTC_TIMESTAMP(6) OR owner = ?)";
constexpr const char* kRenew =
    "UPDATE schema_lease SET until_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND WHERE id = 1 AND "
    "owner = ?";
constexpr const char* kFree =
    "UPDATE schema_lease SET until_at = '2000-01-01', owner = '' WHERE id = 1 AND owner = ?";
constexpr const char* kWho = "SELECT owner, host, pid FROM schema_lease WHERE id = 1";

std::int64_t Microseconds(milliseconds time) { return std::chrono::microseconds(time).count(); }

std::string HostName() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

// Within it a process id means one process: this boot of this machine, and of its containers ours.
std::string Machine() {
    std::string boot;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
    std::array<char, 64> space{};
    const ssize_t size = ::readlink("/proc/self/ns/pid", space.data(), space.size() - 1);
    // Not known: no other is on the same one, so every holder is waited for.
    if (boot.empty() || size <= 0) return "";
    return fmt::format("{}/{}", boot, space.data());
}

// State and start of a process, of /proc/<pid>/stat; nothing when it cannot be read.
struct ProcessState {
    char state = '?';
    std::string started;
};
ProcessState StateOf(const std::string& pid) {
    std::ifstream in(fmt::format("/proc/{}/stat", pid));
    const std::string line((std::istreambuf_iterator<char>(in)), {});
    const auto name_end = line.rfind(')');  // the name may hold anything
    if (name_end == std::string::npos) return {};
    constexpr int kStartField = 22;
    ProcessState state;
    std::istringstream words(line.substr(name_end + 1));
    words >> state.state;
    for (int field = 4; field <= kStartField; ++field) words >> state.started;
    return state;
}

// "machine pid start number": no two holders that ever were have the same.
std::string NewOwner() {
    static std::atomic<int> number{0};
    return fmt::format("{} {} {} {}", Machine(), ::getpid(), StateOf("self").started, ++number);
}

// True only when that is certain. A process whose entry is hidden from us counts as alive.
bool IsDead(const std::string& owner) {
    std::istringstream words(owner);
    std::string machine;
    std::string pid;
    std::string started;
    words >> machine >> pid >> started;
    pid_t number = 0;
    std::from_chars(pid.data(), pid.data() + pid.size(), number);
    if (started.empty() || number <= 0 || machine != Machine()) return false;
    if (::kill(number, 0) != 0 && errno == ESRCH) return true;
    const ProcessState now = StateOf(pid);
    if (now.started.empty()) return false;
    return now.started != started || now.state == 'Z' || now.state == 'X';
}

}  // namespace

MigrationLease::MigrationLease(const Endpoint& endpoint, const Options& options)
    : endpoint_(endpoint),
      options_(options),
      owner_(NewOwner()),
      connection_(std::make_unique<Connection>(endpoint)) {
    MakeTable();
    const auto deadline = steady_clock::now() + options_.patience;
    while (!Take(owner_) && !TakeFromTheDead()) {
        if (steady_clock::now() > deadline)
            throw std::runtime_error(
                fmt::format("{} is migrating the database and does not end; "
                            "is it stuck?",
                            Holder()));
        std::this_thread::sleep_for(milliseconds(100));
    }
    keeper_ = std::thread([this] { Keep(); });
}

MigrationLease::~MigrationLease() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    ends_.notify_all();
    keeper_.join();
    try {
        if (connection_) connection_->Execute("core.free_lease", kFree, "", {owner_});
    } catch (const Failure&) {
        // Then it ends with its term.
    }
}

void MigrationLease::MakeTable() {
    for (const char* sql : {kCreate, kAddOwner, kSeed}) connection_->Run(sql);
}

bool MigrationLease::Take(const std::string& holder) {
    const auto asked = steady_clock::now();
    const std::uint64_t rows =
        connection_->Execute("core.take_lease", kTake, "",
                             {Microseconds(options_.term), owner_, HostName(), ::getpid(), holder});
    if (rows == 0) return false;
    good_until_ = asked + options_.term;
    return true;
}

// Only from that holder: another who waits may have been quicker.
bool MigrationLease::TakeFromTheDead() {
    const Rows rows = connection_->Query("core.lease_owner", kWho, "", {});
    const std::string holder(rows.Only().Text(0));
    return IsDead(holder) && Take(holder);
}

std::string MigrationLease::Holder() {
    const Rows rows = connection_->Query("core.lease_owner", kWho, "", {});
    return fmt::format("process {} on {}", rows.Only().Int(2), rows.Only().Text(1));
}

void MigrationLease::Keep() {
    std::unique_lock lock(mutex_);
    while (!ends_.wait_for(lock, options_.renew_every, [this] { return ending_; })) {
        lock.unlock();
        const auto asked = steady_clock::now();
        bool renewed = false;
        bool gone = false;
        try {
            if (!connection_) connection_ = std::make_unique<Connection>(endpoint_);
            renewed = Renew();
            gone = !renewed;
        } catch (const Failure&) {
            connection_.reset();  // the server is away: tried again, while the term lasts
        }
        lock.lock();
        if (renewed) good_until_ = asked + options_.term;
        lost_ = lost_ || gone;
    }
}

bool MigrationLease::Renew() {
    return connection_->Execute("core.renew_lease", kRenew, "",
                                {Microseconds(options_.term), owner_}) == 1;
}

void MigrationLease::Check() {
    const std::lock_guard lock(mutex_);
    if (lost_ || steady_clock::now() > good_until_)
        throw std::runtime_error(
            "the right to migrate was lost to another host meanwhile; start again");
}

}  // namespace livery::db
