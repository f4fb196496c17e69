#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tenancy/site.h"
#include "tenancy/site_loader.h"
#include "view/template_library.h"

namespace livery::tenancy {

// All configuration of one moment: themes, texts and tenants. Immutable; requests hold the one
// they began with.
struct House {
    std::uint64_t revision = 0;
    std::shared_ptr<const view::TemplateLibrary> templates;
    std::map<std::string, std::shared_ptr<const Site>> sites;  // by tenant, those that are served
    std::map<std::string, std::shared_ptr<const Site>> hosts;  // by host name, all
    // Tenants whose files contradict what the database holds of them. Who was served by others
    // before is served by those still; who was not is closed: in `hosts`, not in `sites`.
    std::map<std::string, config::Problems> refused;
    bool was_compared = false;  // with the database
    // Published stylesheets of each theme and the icon sprite.
    struct ThemeAssets {
        std::string base_css_url;
        std::string skin_css_url;  // "" for a theme that adds nothing
        std::string icons_url;
    };
    std::map<std::string, ThemeAssets> assets;

    std::shared_ptr<const Site> FindHost(const std::string& host) const;
    bool Serves(const Site& site) const;
};

struct HouseSources {
    std::filesystem::path tenants_dir;
    std::filesystem::path themes_dir;
    std::map<std::string, std::filesystem::path> plugin_folders;
    std::map<std::string, PluginSettings> plugins;
    // How browsers reach us, with `{host}` in the place of the tenant's host name.
    std::string public_origin = "http://{host}";
    const view::AssetPublisher* publisher = nullptr;
    view::TemplateLibrary::Strictness templates = view::TemplateLibrary::Strictness::kLenient;
    // Asked whether files can stand beside what was done by them before; nullptr: not asked.
    db::Database* database = nullptr;
    GatewayChecks* gateways = nullptr;
    std::vector<Permission> permissions = {};  // that staff can have
};

// Reads everything and checks it whole. nullptr and all problems when anything is wrong in itself;
// what only contradicts the database refuses that tenant alone. `before` is the house whose place
// it takes, if any. `check_templates` also parses every template in every language.
std::shared_ptr<const House> BuildHouse(const HouseSources& sources, const House* before,
                                        bool check_templates, config::Problems& problems,
                                        std::vector<std::string>* advice = nullptr);

// Holds the current House. Reload swaps it whole, or keeps the old one and says why not.
// Thread: any.
class HouseKeeper {
 public:
    // `sources.database` is asked by every Reload, `first` need not have been.
    HouseKeeper(HouseSources sources, std::shared_ptr<const House> first);
    std::shared_ptr<const House> Current() const;
    // The problems that kept the old house; empty when the new one is in use. That may refuse
    // single tenants.
    config::Problems Reload(bool check_templates = true);

 private:
    HouseSources sources_;
    std::mutex reload_;  // one reload at a time
    // Not std::atomic<std::shared_ptr>: load() of libstdc++ 12 gives its lock back without release,
    // so a store may overtake the read. ThreadSanitizer finds it.
    mutable std::mutex mutex_;  // guards current_
    std::shared_ptr<const House> current_;
};

}  // namespace livery::tenancy
