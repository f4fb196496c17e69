#include <stdexcept>

#include "cli/gateway_services.h"
#include "cli/runtime.h"
#include "events/event_operations.h"
#include "jobs/clock_operations.h"
#include "mail/imap_mailboxes.h"
#include "tenancy/current_formatters.h"
#include "tenancy/current_tenants.h"

namespace livery::cli {

namespace {

// Stands where a database would: commands that only look never reach it.
class NoDatabase final : public db::Database {
 public:
    void Transact(const TenantId&, const std::function<void(db::Transaction&)>&) override {
        Refuse();
    }
    db::Rows Query(const TenantId&, const db::Statement&, db::Params) override { Refuse(); }

 private:
    [[noreturn]] static void Refuse() {
        throw std::logic_error("this command runs without a database");
    }
};

}  // namespace

struct OfflineHost::Services {
    explicit Services(const HostSetup& setup)
        : core(database, clock, ids, std::string(32, '\0'), setup.config.data_dir),
          gateways(setup, {database, *core.tenant_time, clock, [] { return nullptr; }}) {}
    NoDatabase database;
    adapters::SystemClock clock;
    adapters::SystemIdSource ids{clock};
    CoreServices core;
    GatewayServices gateways;
    host::HostServices host;
    std::shared_ptr<mail::OutboxMailer> mailer =
        std::make_shared<mail::OutboxMailer>([] { return nullptr; }, clock, ids);
};

OfflineHost::OfflineHost(const HostSetup& setup) : services_(std::make_shared<Services>(setup)) {
    host::HostServices& services = services_->host;
    services.database = &services_->database;
    services.clock = &services_->clock;
    services.ids = &services_->ids;
    services.own_commands = OwnCommands();
    const auto none = [] { return nullptr; };
    services.ports = services_->core.Ports(
        {services_->mailer,
         std::make_shared<mail::ImapMailboxes>(
             [&secrets = services_->gateways.secrets](const TenantId& tenant,
                                                      const std::string& name) {
                 return secrets.Read(tenant, name);
             }),
         std::make_shared<tenancy::CurrentTenants>(none),
         std::make_shared<tenancy::CurrentFormatters>(none), services_->gateways.port});
    plugins = host::LoadPlugins(setup.plugins_dir, LIVERY_SDK_HASH);
    contributions = host::RegisterPlugins(plugins, services);
    jobs::AddClockOperations(contributions, services_->database, *services_->core.tenant_time);
    events::AddEventOperations(contributions, services_->database, services_->clock);
    sources = {setup.config.tenants_dir, setup.config.themes_dir,           contributions.folders,
               contributions.settings,   PublicOrigin(setup.config.listen), nullptr};
    sources.gateways = &services_->gateways.checks;
    sources.permissions = host::PermissionsOf(contributions);
}

gateways::GatewayFiles& OfflineHost::gateway_files() const { return services_->gateways.files; }

}  // namespace livery::cli
