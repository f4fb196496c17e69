#include <stdexcept>

#include <fmt/format.h>
#include <sodium.h>

#include "cli/gateway_services.h"
#include "cli/host_database.h"
#include "cli/runtime.h"
#include "db/recreate.h"
#include "events/event_operations.h"
#include "jobs/clock_operations.h"
#include "log/log.h"
#include "mail/imap_mailboxes.h"
#include "tenancy/current_formatters.h"
#include "tenancy/current_tenants.h"

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

OnlineHost::OnlineHost(HostSetup setup, Purpose purpose, const Progress& progress)
    : setup_(std::move(setup)) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    if (purpose == Purpose::kCommand) joined_ = std::make_unique<CommandDatabase>(setup_);
    fs::create_directories(setup_.config.data_dir);
    DescribeDatabase();
    RegisterPlugins(progress);
    // Before the database is started: a mistake in a file is told at once.
    ReadHouse(purpose, progress);
    if (purpose == Purpose::kCommand) {
        CheckSchema();
        CompareWithFacts();
        return;
    }
    StartDatabase(progress);
    Migrate(progress);
    CompareWithFacts();
    LogRefused(*houses_->Current());
    transport_ = MakeTransport(setup_.config);
    delivery_ = std::make_unique<mail::Delivery>(
        *database_, clock_, *transport_,
        [this](const TenantId& tenant, const mail::Message::Enclosed& enclosed) {
            return mailer_->Make(tenant, enclosed);
        });
}

void OnlineHost::RegisterPlugins(const Progress& progress) {
    core_ = std::make_unique<CoreServices>(*database_, clock_, ids_, HostKey(setup_),
                                           setup_.config.data_dir);
    mailer_ =
        std::make_shared<mail::OutboxMailer>([this] { return houses_->Current(); }, clock_, ids_);
    services_.database = database_.get();
    services_.clock = &clock_;
    services_.ids = &ids_;
    services_.own_commands = OwnCommands();
    const auto current = [this] { return houses_->Current(); };
    gateways_ = std::make_unique<GatewayServices>(
        setup_, GatewayServices::Given{*database_, *core_->tenant_time, clock_, current});
    services_.ports =
        core_->Ports({mailer_,
                      std::make_shared<mail::ImapMailboxes>(
                          [this](const TenantId& tenant, const std::string& name) {
                              return gateways_->secrets.Read(tenant, name);
                          }),
                      std::make_shared<tenancy::CurrentTenants>(current),
                      std::make_shared<tenancy::CurrentFormatters>(current), gateways_->port});
    progress("Loading plugins");
    plugins_ = host::LoadPlugins(setup_.plugins_dir, LIVERY_SDK_HASH);
    contributions_ = host::RegisterPlugins(plugins_, services_);
    jobs::AddClockOperations(contributions_, *database_, *core_->tenant_time);
    events::AddEventOperations(contributions_, *database_, clock_);
    for (const host::FoundPlugin& found : plugins_) {
        if (!found.refused.empty())
            log::Write(log::Level::kError, "plugin.disabled",
                       {{"plugin", found.manifest.id}, {"reason", found.refused}});
    }
}

// Templates are most of the work: a command that shows no page leaves a broken one to `livery
// check`.
void OnlineHost::ReadHouse(Purpose purpose, const Progress& progress) {
    progress("Reading tenants and themes");
    publisher_ =
        std::make_unique<view::AssetPublisher>(fs::absolute(setup_.config.data_dir) / "static");
    using Strictness = view::TemplateLibrary::Strictness;
    tenancy::HouseSources sources{setup_.config.tenants_dir,
                                  setup_.config.themes_dir,
                                  contributions_.folders,
                                  contributions_.settings,
                                  PublicOrigin(setup_.config.listen),
                                  publisher_.get(),
                                  std::getenv("LIVERY_STRICT_TEMPLATES") == nullptr
                                      ? Strictness::kLenient
                                      : Strictness::kStrict};
    sources.gateways = &gateways_->checks;
    sources.permissions = host::PermissionsOf(contributions_);
    config::Problems problems;
    auto house = tenancy::BuildHouse(sources, nullptr, purpose == Purpose::kServe, problems);
    gateways_->LogRefused();
    if (!house) throw ConfigProblems(std::move(problems));
    sources.database = database_.get();
    houses_ = std::make_unique<tenancy::HouseKeeper>(sources, std::move(house));
}

// Once more, now that the database is there to be asked. A tenant that it refuses stops no other.
// The templates were checked a moment ago.
void OnlineHost::CompareWithFacts() {
    config::Problems problems = houses_->Reload(false);
    if (!problems.empty()) throw ConfigProblems(std::move(problems));
}

void LogRefused(const tenancy::House& house) {
    for (const auto& [tenant, problems] : house.refused) {
        const bool is_served = house.sites.contains(tenant);
        for (const config::Problem& problem : problems.list())
            log::Write(log::Level::kError, "tenant.refused",
                       {{"tenant", tenant},
                        {"problem", problem.ToString()},
                        {"until", is_served ? "served as before" : "answers 503"}});
    }
}

OnlineHost::~OnlineHost() = default;

Gateways& OnlineHost::gateways() { return *gateways_->port; }

// Connections are made when they are first needed.
void OnlineHost::DescribeDatabase() {
    const config::DatabaseConfig& config = setup_.config.database;
    endpoint_ = config.embedded() ? db::EmbeddedServer::EndpointIn(DatabaseFolder(setup_))
                                  : ExternalEndpoint(config);
    pool_ = std::make_unique<db::Pool>(endpoint_, static_cast<std::size_t>(config.connections),
                                       std::chrono::seconds(5));
    database_ = std::make_unique<db::MariadbDatabase>(*pool_);
}

void OnlineHost::StartDatabase(const Progress& progress) {
    if (!setup_.config.database.embedded()) return;
    progress("Starting the database");
    // A command that found nobody here, such as of a mail that came meanwhile, is about to end.
    server_ = StartEmbedded(setup_, std::chrono::seconds(30));
}

// Commands change no table: a host that serves may be older than this program.
void OnlineHost::CheckSchema() const {
    if (db::Migrator(endpoint_)
            .Pending(db::ReadMigrations(MigrationSources(setup_, plugins_)))
            .empty())
        return;
    throw std::runtime_error(
        "The database is not that of this program; stop the host and run `livery migrate`.");
}

std::shared_ptr<const tenancy::Site> OnlineHost::NeedSite(const std::string& tenant) const {
    const auto house = houses_->Current();
    if (const auto refused = house->refused.find(tenant); refused != house->refused.end())
        throw ConfigProblems(refused->second);
    const auto found = house->sites.find(tenant);
    if (found == house->sites.end())
        throw std::runtime_error(
            fmt::format("There is no tenant `{}`; see `livery tenant list`.", tenant));
    return found->second;
}

void OnlineHost::Migrate(const Progress& progress) {
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

void OnlineHost::SeedDemo(const Progress& progress) {
    bool empty = false;
    database_->TransactAcrossTenants([&](auto& work) { empty = work.Query(kAnyUser, {}).empty(); });
    if (!empty) return progress("Demo data is there already");
    demo_seed().Run(*houses_->Current(), {contributions_, clock_, ids_}, progress);
}

DemoSeed OnlineHost::demo_seed() const {
    return DemoSeed(setup_.config.data_dir, setup_.config.tenants_dir);
}

}  // namespace livery::cli
