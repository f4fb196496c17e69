#include "db/embedded_server.h"

#include <array>
#include <deque>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <livery/db/failure.h>

#include "process/account.h"

namespace livery::db {

namespace fs = std::filesystem;

namespace {

constexpr const char* kServer = "/usr/sbin/mariadbd";
constexpr const char* kInstaller = "/usr/bin/mariadb-install-db";
constexpr std::size_t kSocketPathMost = 100;  // sockaddr_un takes 107 bytes

// Whether others than its owner may pass through every folder above `folder`.
bool OthersCanReach(const fs::path& folder) {
    for (fs::path above = folder.parent_path();; above = above.parent_path()) {
        struct stat status {};
        if (::stat(above.c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) return false;
        if (above == above.root_path()) return true;
    }
}

// Started by root, the files belong to an unprivileged account; to root where that account could
// not reach them (below /root, say). "": we are not root.
std::string AccountFor(const fs::path& folder) {
    if (::geteuid() != 0) return "";
    if (!OthersCanReach(folder)) return "root";
    return process::FindAccount("mysql") ? "mysql" : "nobody";
}

void ChownTo(const fs::path& path, const std::string& user) {
    if (user.empty()) return;
    const auto account = process::FindAccount(user);
    if (!account || ::chown(path.c_str(), account->uid, account->gid) != 0) {
        throw std::runtime_error(fmt::format("{} cannot be given to user {}", path.string(), user));
    }
}

void CheckOwner(const fs::path& folder, const std::string& user) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return;
    const auto account = process::FindAccount(user);
    const uid_t expected = account ? account->uid : ::geteuid();
    if (status.st_uid != expected) {
        throw std::runtime_error(
            fmt::format("{} belongs to user id {}, but the database runs as {} ({}); run as the "
                        "user that made it, or chown -R it",
                        folder.string(), status.st_uid, user.empty() ? "you" : user, expected));
    }
}

// What a person would look for in a log after a failure.
std::string LastLinesOf(const std::string& path) {
    constexpr std::size_t kLines = 12;
    std::ifstream in(path);
    std::deque<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
        if (lines.size() > kLines) lines.pop_front();
    }
    return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace

EmbeddedServer::EmbeddedServer(EmbeddedOptions options) : options_(std::move(options)) {
    for (const char* program : {kServer, kInstaller}) {
        if (!fs::exists(program)) {
            throw std::runtime_error(
                fmt::format("{} is missing; install the package mariadb-server-core", program));
        }
    }
    options_.folder = fs::absolute(options_.folder);
    socket_ = EndpointIn(options_.folder).socket;
    if (socket_.size() > kSocketPathMost) {
        throw std::runtime_error(fmt::format(
            "the path {} is too long for a Unix socket; choose a shorter data_dir", socket_));
    }
    fs::create_directories(options_.folder);
    TakeLock();
    user_ = AccountFor(options_.folder);
    ChownTo(options_.folder, user_);
    // The server asks for no password: whoever reaches the socket is its administrator.
    fs::permissions(options_.folder, fs::perms(0700));
    // A server that starts deletes every temporary table that it finds, those of other servers too.
    fs::create_directories(options_.folder / "tmp");
    ChownTo(options_.folder / "tmp", user_);
    CheckOwner(options_.folder / "data", user_);
    EndOrphan();
    if (!fs::exists(options_.folder / "data" / "mysql")) Install();
    supervisor_ = std::make_unique<process::Supervisor>(
        process::Supervisor::Options{"mariadbd", [this] { return ServerCommand(); },
                                     options_.report, SIGTERM, std::chrono::seconds(30)});
    WaitUntilReady();
}

EmbeddedServer::~EmbeddedServer() {
    supervisor_.reset();
    if (lock_ >= 0) ::close(lock_);
}

// The kernel frees the lock when its holder dies, so a stale one never stands in the way.
void EmbeddedServer::TakeLock() {
    const fs::path path = options_.folder / "livery.lock";
    lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock_ < 0)
        throw std::runtime_error(fmt::format("{} cannot be opened for writing", path.string()));
    if (!IsLockedInTime()) {
        std::array<char, 32> pid{};
        const auto size = ::pread(lock_, pid.data(), pid.size() - 1, 0);
        throw std::runtime_error(
            fmt::format("{} is in use by another Livery (process {}); stop that one, or choose "
                        "another data_dir",
                        options_.folder.string(), size > 0 ? pid.data() : "unknown"));
    }
    const std::string pid = std::to_string(::getpid());
    if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, pid.data(), pid.size(), 0) < 0) {
        throw std::runtime_error(fmt::format("{} cannot be written", path.string()));
    }
}

bool EmbeddedServer::IsLockedInTime() const {
    const auto end = std::chrono::steady_clock::now() + options_.patience;
    while (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return true;
}

// A Livery that was killed leaves its server running, and nobody would supervise it. The lock is
// ours, so no living Livery needs it: it is ended in order before a new one starts.
void EmbeddedServer::EndOrphan() const {
    pid_t pid = 0;
    if (!(std::ifstream(PidFile()) >> pid) || pid <= 0) return;
    const auto is_ours = [&] {
        std::ifstream in(fmt::format("/proc/{}/cmdline", pid), std::ios::binary);
        const std::string words((std::istreambuf_iterator<char>(in)), {});
        return words.find(DataDirOption() + '\0') != std::string::npos;
    };
    if (!is_ours()) return;
    options_.report(
        fmt::format("a server of a Livery that was killed still runs (process {}); "
                    "ending it",
                    pid));
    ::kill(pid, SIGTERM);
    for (int i = 0; i < 600 && is_ours(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (is_ours()) ::kill(pid, SIGKILL);  // InnoDB recovers what was committed
    while (is_ours()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

std::string EmbeddedServer::PidFile() const {
    return (options_.folder / "data" / "mariadbd.pid").string();
}

std::string EmbeddedServer::DataDirOption() const {
    return "--datadir=" + (options_.folder / "data").string();
}

std::string EmbeddedServer::TmpDirOption() const {
    return "--tmpdir=" + (options_.folder / "tmp").string();
}

// Into a folder of another name first, so that a killed installation is not taken for a whole one.
void EmbeddedServer::Install() {
    const fs::path fresh = options_.folder / "data.new";
    fs::remove_all(fresh);
    process::Command command{
        {kInstaller, "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db",
         "--innodb-log-file-size=32M", "--datadir=" + fresh.string(), TmpDirOption()},
        (options_.folder / "install.log").string(),
        ""};
    if (!user_.empty()) command.argv.push_back("--user=" + user_);
    auto installer = process::ChildProcess::Start(command);
    const auto status = installer.WaitFor(std::chrono::minutes(2));
    if (!status || *status != 0) {
        throw std::runtime_error(fmt::format("the database could not be made; {} ends with:\n{}",
                                             command.log_path, LastLinesOf(command.log_path)));
    }
    fs::rename(fresh, options_.folder / "data");
}

process::Command EmbeddedServer::ServerCommand() const {
    const bool durable = options_.durability == Durability::kFull;
    process::Command command;
    command.argv = {kServer,
                    "--no-defaults",
                    DataDirOption(),
                    "--socket=" + socket_,
                    "--pid-file=" + PidFile(),
                    TmpDirOption(),
                    "--skip-networking",
                    "--skip-log-bin",
                    "--performance-schema=OFF",
                    "--character-set-server=utf8mb4",
                    fmt::format("--innodb-buffer-pool-size={}M", options_.buffer_pool_mib),
                    fmt::format("--max-connections={}", options_.connections + 10),
                    fmt::format("--innodb-flush-log-at-trx-commit={}", durable ? 1 : 0),
                    "--innodb-log-file-size=32M"};
    // Started as that account: a server that changes it by itself forgets to end with its parent.
    if (user_ == "root") command.argv.emplace_back("--user=root");
    if (user_ != "root") command.user = user_;
    if (!durable) command.argv.emplace_back("--innodb-doublewrite=0");
    command.log_path = (options_.folder / "mariadbd.log").string();
    return command;
}

void EmbeddedServer::WaitUntilReady() {
    Endpoint first = endpoint();
    first.database = "";
    const std::string log = (options_.folder / "mariadbd.log").string();
    for (int i = 0;; ++i) {
        try {
            Connection connection(first);
            connection.Run("CREATE DATABASE IF NOT EXISTS livery CHARACTER SET utf8mb4");
            return;
        } catch (const Unavailable&) {
            if (i == 600) {
                throw std::runtime_error(fmt::format(
                    "the database did not start; {} ends with:\n{}", log, LastLinesOf(log)));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
}

Endpoint EmbeddedServer::EndpointIn(const fs::path& folder) {
    return {(fs::absolute(folder) / "db.sock").string(), "", 0, "root", "", "livery"};
}

bool EmbeddedServer::IsInUse(const fs::path& folder) {
    const int lock = ::open((folder / "livery.lock").c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return false;
    const bool in_use = ::flock(lock, LOCK_EX | LOCK_NB) != 0;
    ::close(lock);
    return in_use;
}

}  // namespace livery::db
