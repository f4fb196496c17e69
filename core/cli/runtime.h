#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/system_clock.h"
#include "cli/core_services.h"
#include "cli/demo_seed.h"
#include "config/host_config.h"
#include "db/embedded_server.h"
#include "db/mariadb_database.h"
#include "db/migrator.h"
#include "host/plugin_registry.h"
#include "mail/delivery.h"
#include "mail/outbox_mailer.h"
#include "tenancy/house.h"

namespace livery {
class Gateways;
}
namespace livery::gateways {
class GatewayFiles;
}

namespace livery::cli {

// Where everything is, from livery.yaml and the command line.
struct HostSetup {
    config::HostConfig config;
    std::filesystem::path plugins_dir;
    // Where nothing is said: beside the plugins, and in the data folder.
    std::filesystem::path gateways_dir() const;
    std::filesystem::path secrets_dir() const;
};
// Throws ConfigProblems with everything that is wrong.
HostSetup LoadSetup(const std::string& config_file);

class ConfigProblems : public std::runtime_error {
 public:
    explicit ConfigProblems(config::Problems problems)
        : std::runtime_error(problems.ToString()), problems_(std::move(problems)) {}
    const config::Problems& problems() const { return problems_; }

 private:
    config::Problems problems_;
};

// The plugins and the configuration, without a database: for commands that only look.
class OfflineHost {
 public:
    explicit OfflineHost(const HostSetup& setup);
    std::vector<host::FoundPlugin> plugins;
    host::Contributions contributions;
    tenancy::HouseSources sources;
    gateways::GatewayFiles& gateway_files() const;

 private:
    struct Services;
    std::shared_ptr<Services> services_;
};

class CommandDatabase;
struct GatewayServices;

// What a whole host is made for.
enum class Purpose {
    kServe,    // it owns its data folder, brings the database up to date and sends mail
    kCommand,  // one command beside a serving host, or alone: it takes the database as it is
};

// A whole host: database, identity, mail, plugins, tenants. Construction does all that can fail
// and throws std::runtime_error with what to do.
class OnlineHost {
 public:
    using Progress = std::function<void(const std::string&)>;
    OnlineHost(HostSetup setup, Purpose purpose, const Progress& progress);
    ~OnlineHost();

    const HostSetup& setup() const { return setup_; }
    tenancy::HouseKeeper& houses() { return *houses_; }
    const tenancy::HouseKeeper& houses() const { return *houses_; }
    const host::Contributions& contributions() const { return contributions_; }
    const std::vector<host::FoundPlugin>& plugins() const { return plugins_; }
    db::MariadbDatabase& database() { return *database_; }
    db::Pool& pool() { return *pool_; }
    identity::IdentityService& identity() { return *core_->identity; }
    api::Keys& api_keys() { return *core_->api_keys; }
    Audit& audit() { return *core_->audit; }
    TenantTime& tenant_time() { return *core_->tenant_time; }
    Gateways& gateways();
    // Throws std::runtime_error, with how to find the right one, when there is none such, and
    // ConfigProblems when its files contradict what the database holds of it.
    std::shared_ptr<const tenancy::Site> NeedSite(const std::string& tenant) const;
    // The clock of the use cases: the machine's, or while demo data is made the generator's.
    const Clock& clock() const { return clock_; }
    void SeedDemo(const Progress& progress);
    const view::AssetPublisher& publisher() const { return *publisher_; }

 private:
    void DescribeDatabase();
    void RegisterPlugins(const Progress& progress);
    void ReadHouse(Purpose purpose, const Progress& progress);
    void StartDatabase(const Progress& progress);
    void CheckSchema() const;
    void CompareWithFacts();
    DemoSeed demo_seed() const;
    void Migrate(const Progress& progress);

    HostSetup setup_;
    adapters::SystemClock system_clock_;
    adapters::SystemIdSource system_ids_{system_clock_};
    adapters::SwitchableClock clock_{system_clock_};
    adapters::SwitchableIdSource ids_{system_ids_};
    db::Endpoint endpoint_;
    std::unique_ptr<CommandDatabase> joined_;     // for a command
    std::unique_ptr<db::EmbeddedServer> server_;  // of a host that serves
    std::unique_ptr<db::Pool> pool_;
    std::unique_ptr<db::MariadbDatabase> database_;
    std::unique_ptr<CoreServices> core_;
    std::shared_ptr<mail::OutboxMailer> mailer_;
    std::unique_ptr<view::AssetPublisher> publisher_;
    std::unique_ptr<GatewayServices> gateways_;
    // Holds the ports: plugins keep references into it.
    host::HostServices services_;
    std::vector<host::FoundPlugin> plugins_;
    host::Contributions contributions_;
    std::unique_ptr<tenancy::HouseKeeper> houses_;
    std::unique_ptr<mail::Transport> transport_;
    std::unique_ptr<mail::Delivery> delivery_;
};

db::Endpoint ExternalEndpoint(const config::DatabaseConfig& config);
// Writes to the log which tenants are refused, with each place and what to write instead.
void LogRefused(const tenancy::House& house);
// The names of the program's own commands: those of plugins must differ.
std::set<std::string> OwnCommands();
// 32 random bytes, made once per data folder; readable by us alone.
std::string HostKey(const HostSetup& setup);
std::string PublicOrigin(const config::ListenConfig& listen);

}  // namespace livery::cli
