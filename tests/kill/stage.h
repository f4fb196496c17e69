#pragma once

#include <filesystem>
#include <string>

#include "adapters/system_clock.h"
#include "canonical.h"
#include "db/embedded_server.h"
#include "db/mariadb_database.h"
#include "shop.h"

namespace livery::kills {

// A server of its own with the tables of billing, and tenants to be billed in it. Everything
// is gone when this ends. Thread: one.
class Stage {
    struct Folder {
        std::filesystem::path path;
        Folder();
        ~Folder();
    };
    Folder folder_;  // first, so that it outlives the server

 public:
    explicit Stage(int subscriptions, db::Durability durability = db::Durability::kFull);

    // A tenant in the state before the run, every time the same one; or only what was agreed, so
    // that it was never billed.
    enum class Part { kAll, kAgreements };
    void Copy(const std::string& to, Part part = Part::kAll);
    void Drop(const std::string& tenant);
    // How many numbers its documents were given.
    std::int64_t NumbersDrawn(const std::string& tenant);
    // What `livery verify` says of it; "" when all of it holds.
    std::string BrokenInvariants(const std::string& tenant);
    void WaitForServer();

    std::filesystem::path folder() const { return folder_.path; }
    std::filesystem::path server_folder() const { return folder_.path / "db"; }
    db::EmbeddedServer& server() { return server_; }
    db::MariadbDatabase& database() { return database_; }
    Shop& shop() { return shop_; }

 private:
    db::EmbeddedServer server_;
    db::Pool pool_;
    db::MariadbDatabase database_;
    Shop shop_;
    adapters::SystemClock clock_;
    adapters::SystemIdSource ids_{clock_};
};

}  // namespace livery::kills
