#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <livery/config/object_schema.h>
#include <livery/registrar.h>

#include "tenancy/site.h"
#include "view/asset_publisher.h"
#include "view/theme.h"

namespace livery::tenancy {

// What a plugin's section of tenant.yaml becomes.
struct PluginSettings {
    config::TypeDoc doc;
    std::string file;  // of the tenant's own; "" = the section in tenant.yaml
    std::function<std::shared_ptr<const void>(const config::Node&, const config::Reader&,
                                              std::optional<Currency>)>
        read;
    // Reports where they cannot stand beside what the database holds of the tenant.
    std::function<void(const void*, const SettingsFacts&)> agree = {};
};

inline const std::vector<Permission> kNoPermissions;

struct SiteContext {
    const view::ThemeMap& themes;
    const std::map<std::string, PluginSettings>& plugins;  // every loaded plugin, settings or not
    const std::vector<std::string>& languages;             // that texts exist in
    const std::string& public_origin;                      // "http://{host}:8080"
    const view::AssetPublisher* publisher;                 // nullptr: check only, publish nothing
    std::vector<std::string>* advice = nullptr;            // what was adjusted, for `validate`
    db::Database* database = nullptr;                      // nullptr: not asked what it holds
    GatewayChecks* gateways = nullptr;                     // nullptr: tenants have none
    const std::vector<Permission>& permissions = kNoPermissions;  // of every loaded plugin
};

// A tenant's files that are right in themselves.
struct ReadSite {
    Site site;
    // Where they cannot stand beside what the database holds of the tenant; empty: they can.
    config::Problems contradictions;
};
// Reads one tenant's folder. All problems of its files are added at once; nullopt when there were
// any.
std::optional<ReadSite> LoadSite(const std::filesystem::path& folder, const SiteContext& context,
                                 config::Problems& problems);

}  // namespace livery::tenancy
