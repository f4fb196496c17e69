#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <livery/json.h>

#include "cli/api_document.h"
#include "cli/commands.h"
#include "cli/setup_options.h"
#include "dispatch/route_table.h"

namespace livery::cli {

namespace {

using Json = nlohmann::ordered_json;

void Print(const Json& json) { fmt::print("{}\n", json.dump(2)); }

Json ToJson(const host::FoundPlugin& found) {
    return {{"id", found.manifest.id},
            {"version", found.manifest.version},
            {"tier", found.manifest.tier},
            {"state", found.refused.empty() ? "loaded" : "disabled"},
            {"reason", found.refused},
            {"requires", found.manifest.requires_plugins},
            {"provides", found.manifest.provides}};
}

void ListPlugins(const Options& options) {
    const OfflineHost host(SetupFor(options));
    if (options.json) {
        Json list = Json::array();
        for (const auto& found : host.plugins) list.push_back(ToJson(found));
        return Print(list);
    }
    for (const auto& found : host.plugins) {
        fmt::print("{:<16} {:<8} {}\n", found.manifest.id, found.manifest.version,
                   found.refused.empty() ? "loaded" : "disabled: " + found.refused);
    }
}

int InspectPlugin(const Options& options, const std::string& id) {
    const OfflineHost host(SetupFor(options));
    for (const auto& found : host.plugins) {
        if (found.manifest.id != id) continue;
        if (options.json) {
            Print(ToJson(found));
        } else {
            fmt::print(
                "{} {} ({})\nsdk       {}\nrequires  {}\nprovides  {}\nfolder    {}\nstate     "
                "{}\n",
                id, found.manifest.version, found.manifest.tier, found.manifest.sdk_hash,
                fmt::join(found.manifest.requires_plugins, ", "),
                fmt::join(found.manifest.provides, ", "), found.folder.string(),
                found.refused.empty() ? "loaded" : "disabled: " + found.refused);
        }
        return 0;
    }
    fmt::print(stderr, "There is no plugin `{}`; see `livery plugin list`.\n", id);
    return 1;
}

std::shared_ptr<const tenancy::House> ReadHouse(const Options& options) {
    const OfflineHost host(SetupFor(options));
    config::Problems problems;
    auto house = tenancy::BuildHouse(host.sources, nullptr, false, problems);
    if (!house) throw ConfigProblems(std::move(problems));
    return house;
}

Json ToJson(const tenancy::Site& site) {
    const Tenant& tenant = site.tenant;
    return {{"id", tenant.id.value()},
            {"name", tenant.name},
            {"url", tenant.origin + "/"},
            {"hosts", tenant.hosts},
            {"theme", site.theme},
            {"locales", tenant.locales},
            {"currency", std::string(tenant.currency.code())},
            {"time_zone", tenant.time_zone},
            {"plugins", tenant.plugins}};
}

void ListTenants(const Options& options) {
    const auto house = ReadHouse(options);
    if (options.json) {
        Json list = Json::array();
        for (const auto& [id, site] : house->sites) list.push_back(ToJson(*site));
        return Print(list);
    }
    for (const auto& [id, site] : house->sites)
        fmt::print("{:<16} {:<24} {}/\n", id, site->tenant.name, site->tenant.origin);
}

int ShowTenant(const Options& options, const std::string& id) {
    const auto house = ReadHouse(options);
    const auto found = house->sites.find(id);
    if (found == house->sites.end()) {
        fmt::print(stderr, "There is no tenant `{}`; see `livery tenant list`.\n", id);
        return 1;
    }
    const Json json = ToJson(*found->second);
    if (options.json) {
        Print(json);
        return 0;
    }
    for (const auto& [key, value] : json.items())
        fmt::print("{:<10} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
    return 0;
}

const char* NameOf(Access access) {
    switch (access) {
        case Access::kPublic:
            return "public";
        case Access::kAnonymous:
            return "anonymous";
        case Access::kSecondFactor:
            return "second-factor";
        case Access::kEnrolment:
            return "enrolment";
        case Access::kProvesItself:
            return "proves-itself";
        case Access::kApiKey:
            return "api-key";
        case Access::kSignedIn:
            return "signed-in";
    }
    return "";
}

void PrintApiDocument(const Options& options) {
    const OfflineHost host(SetupFor(options));
    fmt::print("{}", ApiDocument(host.contributions, api::SchemaBook(host.contributions.schemas)));
}

void ListRoutes(const Options& options) {
    const OfflineHost host(SetupFor(options));
    const dispatch::RouteTable table(host.contributions.routes);
    Json list = Json::array();
    for (const auto& row : table.rows()) {
        if (options.json) {
            list.push_back({{"method", ToString(row.route.method)},
                            {"path", row.route.pattern},
                            {"access", NameOf(row.route.access)},
                            {"permission", row.route.permission},
                            {"plugin", row.plugin},
                            {"summary", row.route.summary}});
        } else {
            fmt::print("{:<5} {:<32} {:<14} {:<14} {}\n", ToString(row.route.method),
                       row.route.pattern, NameOf(row.route.access), row.plugin, row.route.summary);
        }
    }
    if (options.json) Print(list);
}

}  // namespace

void AddInspectCommands(CLI::App& app, Options& options) {
    auto* plugin = app.add_subcommand("plugin", "Look at plugins")->require_subcommand(1);
    plugin->footer("Examples:\n  livery plugin list\n  livery plugin inspect accounts --json");
    plugin->add_subcommand("list", "Every plugin and whether it is loaded")->callback([&options] {
        ListPlugins(options);
    });
    auto* inspect = plugin->add_subcommand("inspect", "One plugin's manifest and state");
    auto plugin_id = std::make_shared<std::string>();
    inspect->add_option("id", *plugin_id, "The plugin")->required();
    inspect->callback(
        [&options, plugin_id] { options.exit_code = InspectPlugin(options, *plugin_id); });

    auto* tenant = app.add_subcommand("tenant", "Look at tenants")->require_subcommand(1);
    tenant->footer("Examples:\n  livery tenant list\n  livery tenant show harbor --json");
    tenant->add_subcommand("list", "Every tenant and its address")->callback([&options] {
        ListTenants(options);
    });
    auto* show = tenant->add_subcommand("show", "One tenant");
    auto tenant_id = std::make_shared<std::string>();
    show->add_option("id", *tenant_id, "The tenant")->required();
    show->callback([&options, tenant_id] { options.exit_code = ShowTenant(options, *tenant_id); });

    auto* routes = app.add_subcommand("routes", "The route table");
    routes->footer("Examples:\n  livery routes --json\n  livery routes --openapi > openapi.json");
    const auto openapi = std::make_shared<bool>(false);
    routes->add_flag("--openapi", *openapi, "The OpenAPI 3.1 document of what programs may do");
    routes->callback(
        [&options, openapi] { *openapi ? PrintApiDocument(options) : ListRoutes(options); });
}

}  // namespace livery::cli
