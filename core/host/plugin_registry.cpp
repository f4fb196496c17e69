#include "host/plugin_registry.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <livery/plugin.h>

namespace livery::host {

namespace {

// Collects what one plugin contributes; merged only when its Register returned.
class PluginRegistrar final : public Registrar {
 public:
    PluginRegistrar(std::string plugin, const HostServices& services, const Contributions& all)
        : plugin_(std::move(plugin)), services_(services), all_(all) {}

    void Add(Route route) override { contributions.routes.push_back({plugin_, std::move(route)}); }
    void Add(api::Operation operation) override {
        Route route{operation.method, operation.path, Access::kApiKey, {}, operation.summary};
        // What asks a provider, or a scanner, waits for it, and holds up nobody's pages meanwhile.
        if (operation.prepare ||
            std::holds_alternative<std::shared_ptr<const api::Sending>>(operation.handler))
            route.pace = Pace::kWaits;
        route.operation = std::make_shared<const api::Operation>(std::move(operation));
        Add(std::move(route));
    }
    void Add(api::Schema schema) override { contributions.schemas.push_back(std::move(schema)); }
    void Add(NavItem item) override { contributions.nav.push_back({plugin_, std::move(item)}); }
    void Add(Permission permission) override {
        contributions.permissions.push_back({plugin_, std::move(permission)});
    }
    void Add(Command command) override {
        contributions.commands.push_back({plugin_, std::move(command)});
    }
    void Add(DailyJob job) override {
        contributions.daily_jobs.push_back({plugin_, std::move(job)});
    }
    void Add(RecurringJob job) override {
        contributions.recurring_jobs.push_back({plugin_, std::move(job)});
    }
    void Add(Invariant invariant) override {
        contributions.invariants.push_back({plugin_, std::move(invariant)});
    }
    void AddDemo(DemoGenerator generator) override {
        contributions.demos.push_back({plugin_, std::move(generator)});
    }
    void Add(std::shared_ptr<OverviewSource> source) override {
        contributions.overviews->push_back({plugin_, std::move(source)});
    }
    const OverviewSources& overviews() override { return *all_.overviews; }
    void Add(WorkList list) override {
        contributions.work_lists->push_back({plugin_, std::move(list)});
    }
    const std::vector<OwnedWorkList>& work_lists() override { return *all_.work_lists; }
    void Add(std::shared_ptr<TicketSubjectSource> source) override {
        contributions.ticket_subjects->push_back({plugin_, std::move(source)});
    }
    const TicketSubjectSources& ticket_subjects() override { return *all_.ticket_subjects; }
    db::Database& database() override { return *services_.database; }
    const Clock& clock() override { return *services_.clock; }
    IdSource& ids() override { return *services_.ids; }

    Contributions contributions;
    std::map<std::string, std::shared_ptr<void>> ports;

 protected:
    void AddSettings(SettingsType type) override {
        contributions.settings[plugin_] = {std::move(type.doc), std::move(type.file),
                                           std::move(type.read), std::move(type.agree)};
    }
    void ProvidePort(std::string_view id, std::shared_ptr<void> port) override {
        if (services_.ports.contains(std::string(id))) {
            throw std::runtime_error(fmt::format("port {} is provided already", id));
        }
        ports[std::string(id)] = std::move(port);
    }
    void* NeedPort(std::string_view id) override {
        const auto found = services_.ports.find(std::string(id));
        if (found == services_.ports.end()) {
            throw std::runtime_error(fmt::format("nobody provides port {}", id));
        }
        return found->second.get();
    }
    std::function<void*()> AwaitPort(std::string_view id) override {
        return [&services = services_, id = std::string(id)]() -> void* {
            const auto found = services.ports.find(id);
            return found == services.ports.end() ? nullptr : found->second.get();
        };
    }

 private:
    std::string plugin_;
    const HostServices& services_;
    const Contributions& all_;  // of all plugins, in the making
};

std::string CallRegister(Plugin& plugin, PluginRegistrar& registrar) {
    try {
        plugin.Register(registrar);
        return "";
    } catch (const std::exception& error) {
        return fmt::format("Register failed: {}", error.what());
    } catch (...) {
        return "Register failed: it threw something unknown";
    }
}

bool IsName(const std::string& text) {
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

// As it is typed.
std::string NameOf(const Command& command) {
    return command.group.empty() ? command.name : command.group + " " + command.name;
}

// Why the command cannot be added to the program; empty when it can.
std::string Objection(const Command& command, const Contributions& all,
                      const std::set<std::string>& own_commands) {
    if (!IsName(command.name))
        return fmt::format("`{}` is no name of a command; it is made of a-z, 0-9 and -",
                           command.name);
    if (!command.group.empty() && !own_commands.contains(command.group))
        return fmt::format("command `{}` is below `{}`, which is no command of the program",
                           command.name, command.group);
    if (command.group.empty() && own_commands.contains(command.name))
        return fmt::format("command `{}` is one of the program's own", command.name);
    const auto taken =
        std::find_if(all.commands.begin(), all.commands.end(),
                     [&](const auto& other) { return NameOf(other.command) == NameOf(command); });
    if (taken != all.commands.end())
        return fmt::format("command `{}` is added by plugin `{}` already", command.name,
                           taken->plugin);
    // What every command understands.
    std::set<std::string> known{"tenant", "json", "quiet",   "help",
                                "config", "data", "tenants", "themes"};
    for (const CommandOption& option : command.options) {
        if (!IsName(option.name) || !known.insert(option.name).second)
            return fmt::format("command `{}`: `--{}` is no name of an option, or is taken",
                               command.name, option.name);
    }
    return "";
}

std::string Objections(const std::vector<Contributions::OwnedCommand>& added,
                       const Contributions& all, const std::set<std::string>& own_commands) {
    std::set<std::string> names;
    for (const auto& [plugin, command] : added) {
        std::string objection = Objection(command, all, own_commands);
        if (!objection.empty()) return objection;
        if (!names.insert(NameOf(command)).second)
            return fmt::format("command `{}` is added twice", command.name);
    }
    return "";
}

bool IsPermissionId(const std::string& id) {
    const auto dot = id.find('.');
    return dot != 0 && dot != std::string::npos && dot + 1 < id.size() &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", dot + 1) == std::string::npos &&
           id.substr(0, dot).find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

// Why a page cannot be kept for those who have a permission; empty when all can.
std::string PermissionObjections(const Contributions& added, const Contributions& all) {
    std::set<std::string> known;
    for (const auto& [plugin, permission] : all.permissions) known.insert(permission.id);
    for (const auto& [plugin, permission] : added.permissions) {
        if (!IsPermissionId(permission.id))
            return fmt::format("permission `{}` is not two words of a-z and _ with a dot between",
                               permission.id);
        if (!known.insert(permission.id).second)
            return fmt::format("permission `{}` is declared already", permission.id);
        if (permission.roles.contains(std::string(kOwnerRole)))
            return fmt::format("permission `{}` need not name the owner, who has all",
                               permission.id);
    }
    const auto objection = [&](const std::string& path, const std::string& wanted) -> std::string {
        if (wanted.empty()) return "";
        if (RealmOf(path) != Realm::kConsole)
            return fmt::format("`{}` is no page of the console, and asks for `{}`", path, wanted);
        if (known.contains(wanted)) return "";
        return fmt::format("`{}` asks for permission `{}`, which nobody declares", path, wanted);
    };
    for (const auto& [plugin, route] : added.routes) {
        std::string found = objection(route.pattern, route.permission);
        if (!found.empty()) return found;
        if (!route.permission.empty() && route.access != Access::kSignedIn)
            return fmt::format("`{}` asks for `{}` and is open to people who are not signed in",
                               route.pattern, route.permission);
    }
    for (const auto& [plugin, item] : added.nav) {
        std::string found = objection(item.href, item.permission);
        if (!found.empty()) return found;
    }
    for (const auto& [plugin, list] : *added.work_lists) {
        std::string found = objection(list.href, list.permission);
        if (!found.empty()) return found;
    }
    return "";
}

template <class T>
void Append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

std::vector<Permission> PermissionsOf(const Contributions& contributions) {
    std::vector<Permission> all;
    for (const auto& [plugin, permission] : contributions.permissions) all.push_back(permission);
    return all;
}

Contributions RegisterPlugins(std::vector<FoundPlugin>& plugins, HostServices& services) {
    Contributions all;
    std::set<std::string> refused;
    for (FoundPlugin& found : plugins) {
        const std::string& id = found.manifest.id;
        for (const std::string& need : found.manifest.requires_plugins) {
            if (found.refused.empty() && refused.contains(need)) {
                found.refused = fmt::format("requires plugin `{}`, which is not available", need);
            }
        }
        if (found.refused.empty()) {
            PluginRegistrar registrar(id, services, all);
            found.refused = CallRegister(*found.plugin, registrar);
            if (found.refused.empty())
                found.refused =
                    Objections(registrar.contributions.commands, all, services.own_commands);
            if (found.refused.empty())
                found.refused = PermissionObjections(registrar.contributions, all);
            if (found.refused.empty()) {
                Append(all.routes, registrar.contributions.routes);
                Append(all.schemas, registrar.contributions.schemas);
                Append(all.nav, registrar.contributions.nav);
                Append(all.permissions, registrar.contributions.permissions);
                Append(all.demos, registrar.contributions.demos);
                Append(all.commands, registrar.contributions.commands);
                Append(all.daily_jobs, registrar.contributions.daily_jobs);
                Append(all.recurring_jobs, registrar.contributions.recurring_jobs);
                Append(all.invariants, registrar.contributions.invariants);
                Append(*all.overviews, *registrar.contributions.overviews);
                Append(*all.work_lists, *registrar.contributions.work_lists);
                Append(*all.ticket_subjects, *registrar.contributions.ticket_subjects);
                all.settings[id] = registrar.contributions.settings[id];
                all.folders[id] = found.folder;
                services.ports.merge(registrar.ports);
            }
        }
        if (!found.refused.empty()) refused.insert(id);
    }
    std::stable_sort(all.daily_jobs.begin(), all.daily_jobs.end(),
                     [](const auto& a, const auto& b) { return a.job.order < b.job.order; });
    std::stable_sort(all.nav.begin(), all.nav.end(),
                     [](const auto& a, const auto& b) { return a.item.order < b.item.order; });
    return all;
}

}  // namespace livery::host
