#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "db/connection.h"
#include "process/supervisor.h"

namespace livery::db {

enum class Durability {
    kFull,      // every commit is on disk before it is acknowledged
    kTestOnly,  // fast, and lost with the machine
};

struct EmbeddedOptions {
    std::filesystem::path folder;  // owned by it; made when absent
    int buffer_pool_mib = 128;
    int connections = 40;
    Durability durability = Durability::kFull;
    std::function<void(std::string)> report;
    // How long another Livery that uses the folder is waited for: a command ends soon.
    std::chrono::milliseconds patience{};
};

// A private mariadbd in our data folder: Unix socket only, no network, no password, started again
// when it dies. Throws std::runtime_error with what to do: not installed, the folder belongs to
// another user, or another Livery (named by its pid) uses it; a lock left by a dead one is taken.
class EmbeddedServer {
 public:
    explicit EmbeddedServer(EmbeddedOptions options);
    ~EmbeddedServer();  // stops it in order
    Endpoint endpoint() const { return EndpointIn(options_.folder); }
    // How the server of that folder is reached, whoever has started it.
    static Endpoint EndpointIn(const std::filesystem::path& folder);
    // Whether a living Livery has it.
    static bool IsInUse(const std::filesystem::path& folder);
    pid_t pid() const { return supervisor_->pid(); }

 private:
    void TakeLock();
    bool IsLockedInTime() const;
    void EndOrphan() const;
    std::string PidFile() const;
    std::string DataDirOption() const;
    std::string TmpDirOption() const;
    void Install();
    void WaitUntilReady();
    process::Command ServerCommand() const;

    EmbeddedOptions options_;
    std::string user_;  // whom mariadbd becomes; empty: as ourselves
    std::string socket_;
    int lock_ = -1;
    std::unique_ptr<process::Supervisor> supervisor_;
};

}  // namespace livery::db
