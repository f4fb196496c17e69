#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <livery/api/operation.h>
#include <livery/http/route.h>
#include <livery/registrar.h>

#include "host/plugin_loader.h"
#include "tenancy/site_loader.h"

namespace livery::host {

// Everything that plugins contributed, each with its plugin's id. Filled once at start, then
// read-only.
struct Contributions {
    struct OwnedRoute {
        std::string plugin;
        Route route;
    };
    struct OwnedNavItem {
        std::string plugin;
        NavItem item;
    };
    struct OwnedDemo {
        std::string plugin;
        DemoGenerator generator;
    };
    std::vector<OwnedRoute> routes;
    std::vector<OwnedNavItem> nav;
    struct OwnedPermission {
        std::string plugin;
        Permission permission;
    };
    std::vector<OwnedPermission> permissions;
    std::vector<api::Schema> schemas;  // of the operations among the routes
    struct OwnedCommand {
        std::string plugin;
        Command command;
    };
    struct OwnedDailyJob {
        std::string plugin;
        DailyJob job;
    };
    struct OwnedRecurringJob {
        std::string plugin;
        RecurringJob job;
    };
    struct OwnedInvariant {
        std::string plugin;
        Invariant invariant;
    };
    std::vector<OwnedDemo> demos;  // in load order
    std::vector<OwnedCommand> commands;
    std::vector<OwnedDailyJob> daily_jobs;  // by their order
    std::vector<OwnedRecurringJob> recurring_jobs;
    std::vector<OwnedInvariant> invariants;
    std::map<std::string, tenancy::PluginSettings> settings;
    // Shared with the plugins that show it, so its place must not move.
    std::shared_ptr<OverviewSources> overviews = std::make_shared<OverviewSources>();
    std::shared_ptr<std::vector<OwnedWorkList>> work_lists =
        std::make_shared<std::vector<OwnedWorkList>>();
    std::shared_ptr<TicketSubjectSources> ticket_subjects =
        std::make_shared<TicketSubjectSources>();
    std::map<std::string, std::filesystem::path> folders;
};

// All that staff can be allowed.
std::vector<Permission> PermissionsOf(const Contributions& contributions);

// What the host gives plugins, and what they give each other. Must outlive every use of a plugin:
// they keep references to its ports.
struct HostServices {
    db::Database* database = nullptr;
    const Clock* clock = nullptr;
    IdSource* ids = nullptr;
    // Ports of the core itself, by id.
    std::map<std::string, std::shared_ptr<void>> ports;
    // Of the program itself: no plugin's command may bear such a name.
    std::set<std::string> own_commands;
};

// Calls Register of every loaded plugin. One that throws, or adds a command whose name is taken, is
// refused with that reason and nothing of it is kept; so are those that require it. `services`
// outlives what plugins got.
Contributions RegisterPlugins(std::vector<FoundPlugin>& plugins, HostServices& services);

}  // namespace livery::host
