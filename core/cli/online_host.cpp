#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/core_ports.h"
#include "cli/host_database.h"
#include "cli/runtime.h"
#include "db/recreate.h"
#include "log/log.h"

namespace livery::cli {

namespace fs = std::filesystem;

namespace {

std::unique_ptr<mail::Transport> MakeTransport(const config::HostConfig& config) {
    const config::SmtpConfig& smtp = config.smtp;
    if (smtp.url.empty())
        return std::make_unique<mail::SpoolTransport>(fs::path(config.data_dir) / "mail");
    const char* password =
        smtp.password_env.empty() ? nullptr : std::getenv(smtp.password_env.c_str());
    return std::make_unique<mail::SmtpTransport>(mail::SmtpTransport::Options{
        smtp.url, smtp.user, password == nullptr ? "" : password, smtp.tls == "required"});
}

// No row when nobody has ever been created: demo data goes into an empty database only.
constexpr db::CrossTenantStatement kAnyUser{"core.any_user", "SELECT 1 FROM identity_user LIMIT 1"};

}  // namespace

OnlineHost::OnlineHost(HostSetup setup, const std::function<void(const std::string&)>& progress)
    : setup_(std::move(setup)) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    fs::create_directories(setup_.config.data_dir);
    OpenDatabase(progress);
    audit_ = std::make_shared<audit::AuditLog>(*database_, clock_, ids_);
    identity_ = std::make_shared<identity::IdentityService>(*database_, clock_, ids_, *audit_);
    auto second_factor = std::make_shared<identity::SecondFactorService>(*database_, clock_, ids_,
                                                                         *audit_, HostKey());
    mailer_ =
        std::make_shared<mail::OutboxMailer>([this] { return houses_->Current(); }, clock_, ids_);
    services_.database = database_.get();
    services_.clock = &clock_;
    services_.ids = &ids_;
    services_.ports = CorePorts(identity_, std::move(second_factor), audit_, mailer_);
    progress("Loading plugins");
    plugins_ = host::LoadPlugins(setup_.plugins_dir, LIVERY_SDK_HASH);
    contributions_ = host::RegisterPlugins(plugins_, services_);
    for (const host::FoundPlugin& found : plugins_) {
        if (!found.refused.empty())
            log::Write(log::Level::kError, "plugin.disabled",
                       {{"plugin", found.manifest.id}, {"reason", found.refused}});
    }
    Migrate(progress);
    progress("Reading tenants and themes");
    publisher_ =
        std::make_unique<view::AssetPublisher>(fs::absolute(setup_.config.data_dir) / "static");
    const tenancy::HouseSources sources{
        setup_.config.tenants_dir, setup_.config.themes_dir,           contributions_.folders,
        contributions_.settings,   PublicOrigin(setup_.config.listen), publisher_.get()};
    config::Problems problems;
    auto house = tenancy::BuildHouse(sources, 1, true, problems);
    if (!house) throw ConfigProblems(std::move(problems));
    houses_ = std::make_unique<tenancy::HouseKeeper>(sources, std::move(house));
    transport_ = MakeTransport(setup_.config);
    delivery_ = std::make_unique<mail::Delivery>(*database_, clock_, *transport_);
}

OnlineHost::~OnlineHost() = default;

void OnlineHost::OpenDatabase(const std::function<void(const std::string&)>& progress) {
    const config::DatabaseConfig& config = setup_.config.database;
    endpoint_ = ExternalEndpoint(config);
    if (config.embedded()) {
        progress("Starting the database");
        server_ = std::make_unique<db::EmbeddedServer>(EmbeddedOptionsOf(setup_.config));
        endpoint_ = server_->endpoint();
    }
    pool_ = std::make_unique<db::Pool>(endpoint_, static_cast<std::size_t>(config.connections),
                                       std::chrono::seconds(5));
    database_ = std::make_unique<db::MariadbDatabase>(*pool_);
}

void OnlineHost::Migrate(const std::function<void(const std::string&)>& progress) {
    if (demo_seed().was_cut_off()) {
        progress("Demo data was cut off midway: emptying the database");
        db::RecreateDatabase(*pool_->Borrow(), endpoint_.database);
    }
    db::Migrator(endpoint_).Apply(
        db::ReadMigrations(MigrationSources(setup_, plugins_)),
        [&](const db::Migration& migration) {
            progress(fmt::format("Migrating {}/{}", migration.component, migration.name));
        });
}

// 32 random bytes, made once per data folder; readable by us alone.
std::string OnlineHost::HostKey() const {
    const fs::path path = fs::path(setup_.config.data_dir) / "host.key";
    if (!fs::exists(path)) {
        std::string key(32, '\0');
        randombytes_buf(key.data(), key.size());
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0 || ::write(file, key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
            throw std::runtime_error(fmt::format("{} cannot be written", path.string()));
        }
        ::close(file);
    }
    std::ifstream in(path, std::ios::binary);
    std::string key((std::istreambuf_iterator<char>(in)), {});
    if (key.size() != 32)
        throw std::runtime_error(fmt::format(
            "{} is damaged; bring it back from a backup (a new one signs nobody out, but "
            "nobody's authenticator app works with it)",
            path.string()));
    return key;
}

void OnlineHost::SeedDemo(const std::function<void(const std::string&)>& progress) {
    bool empty = false;
    database_->TransactAcrossTenants([&](auto& work) { empty = work.Query(kAnyUser, {}).empty(); });
    if (!empty) return progress("Demo data is there already");
    demo_seed().Run(*houses_->Current(), contributions_, clock_, ids_, progress);
}

DemoSeed OnlineHost::demo_seed() const {
    return DemoSeed(setup_.config.data_dir, setup_.config.tenants_dir);
}

}  // namespace livery::cli
