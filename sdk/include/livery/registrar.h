#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <livery/cli/command.h>
#include <livery/config/object_schema.h>
#include <livery/db/database.h>
#include <livery/demo/demo.h>
#include <livery/http/route.h>
#include <livery/invariant.h>
#include <livery/jobs/daily_job.h>
#include <livery/jobs/recurring_job.h>
#include <livery/late_port.h>
#include <livery/money/currency.h>
#include <livery/ports/overview.h>
#include <livery/ports/ticket_subjects.h>
#include <livery/staff/role.h>
#include <livery/staff/work_list.h>
#include <livery/time/clock.h>

namespace livery {

namespace api {
struct Operation;
struct Schema;
}  // namespace api

// A file of settings beside what the database holds of its tenant.
struct SettingsFacts {
    const TenantId& tenant;
    const config::Node& node;  // the file as written
    const config::Reader& reader;
    db::Database& database;
};

// What a plugin may contribute, and what it gets. Everything that is added carries the plugin's id,
// and is skipped for tenants that have not enabled it. Templates, locale files and migrations are
// found by convention in the plugin's folder. Thread: main, during Register only; references that
// it gives out live as long as the host.
class Registrar {
 public:
    virtual ~Registrar();

    virtual void Add(Route route) = 0;
    virtual void Add(api::Operation operation) = 0;
    virtual void Add(api::Schema schema) = 0;
    virtual void Add(NavItem item) = 0;
    virtual void Add(Permission permission) = 0;
    virtual void Add(Command command) = 0;
    virtual void Add(DailyJob job) = 0;
    virtual void Add(RecurringJob job) = 0;
    virtual void Add(Invariant invariant) = 0;
    virtual void AddDemo(DemoGenerator generator) = 0;
    // What the plugin puts on the home page; and everybody's, complete once all are registered.
    virtual void Add(std::shared_ptr<OverviewSource> source) = 0;
    virtual const OverviewSources& overviews() = 0;
    // What waits for the staff; and everybody's, complete once all are registered.
    virtual void Add(WorkList list) = 0;
    virtual const std::vector<OwnedWorkList>& work_lists() = 0;
    // What of the plugin's a request for help can be about; and everybody's, complete once all are
    // registered.
    virtual void Add(std::shared_ptr<TicketSubjectSource> source) = 0;
    virtual const TicketSubjectSources& ticket_subjects() = 0;

    // The plugin's section of tenant.yaml (`plugins: {<id>: …}`) as a typed struct.
    template <class Settings>
    void Configure() {
        AddSettings(
            {Settings::Schema().doc(), "",
             [](const config::Node& node, const config::Reader& reader, std::optional<Currency>) {
                 return std::shared_ptr<const void>(
                     std::make_shared<Settings>(Settings::Schema().Read(node, reader)));
             }});
    }
    // Settings that are a file of their own in the tenant's folder (`catalog.yaml`), read and
    // checked with tenant.yaml. `read(node, reader, tenant's currency)` makes the value and reports
    // what is wrong; `doc` is what the published schema is made from.
    // `agree(settings, facts)`: reports where the file cannot stand beside what the tenant's tables
    // hold. Asked only of a file that is right in itself, and only where a database is reached.
    template <class Settings, class Read>
    void ConfigureFile(std::string file, config::TypeDoc doc, Read read,
                       std::function<void(const Settings&, const SettingsFacts&)> agree = {}) {
        SettingsType type{std::move(doc), std::move(file),
                          [read](const config::Node& node, const config::Reader& reader,
                                 std::optional<Currency> currency) {
                              return std::shared_ptr<const void>(
                                  std::make_shared<Settings>(read(node, reader, currency)));
                          }};
        if (agree) {
            type.agree = [agree](const void* settings, const SettingsFacts& facts) {
                agree(*static_cast<const Settings*>(settings), facts);
            };
        }
        AddSettings(std::move(type));
    }

    // Ports: interfaces with `static constexpr std::string_view kPortId`.
    template <class Port>
    void Provide(std::shared_ptr<Port> port) {
        ProvidePort(Port::kPortId, std::static_pointer_cast<void>(std::move(port)));
    }
    // A port that this plugin cannot do without: missing = the plugin is disabled with that reason.
    template <class Port>
    Port& Need() {
        return *static_cast<Port*>(NeedPort(Port::kPortId));
    }

    // A port of a plugin that needs one of this plugin's.
    template <class Port>
    LatePort<Port> Await() {
        return LatePort<Port>(AwaitPort(Port::kPortId));
    }

    virtual db::Database& database() = 0;
    virtual const Clock& clock() = 0;
    virtual IdSource& ids() = 0;

 protected:
    struct SettingsType {
        config::TypeDoc doc;
        std::string file;  // "" = a section of tenant.yaml
        std::function<std::shared_ptr<const void>(const config::Node&, const config::Reader&,
                                                  std::optional<Currency>)>
            read;
        std::function<void(const void* settings, const SettingsFacts&)> agree = {};
    };
    virtual void AddSettings(SettingsType type) = 0;
    virtual void ProvidePort(std::string_view id, std::shared_ptr<void> port) = 0;
    virtual void* NeedPort(std::string_view id) = 0;
    virtual std::function<void*()> AwaitPort(std::string_view id) = 0;
};

}  // namespace livery
