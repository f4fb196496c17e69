#include "tenancy/house.h"

#include <algorithm>

#include <fmt/format.h>

namespace livery::tenancy {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> TenantFolders(const fs::path& tenants_dir, config::Problems& problems) {
    std::vector<fs::path> folders;
    if (!fs::is_directory(tenants_dir)) {
        problems.Add(tenants_dir.string(), {}, "", "is no folder; `tenants_dir` names it");
        return folders;
    }
    for (const auto& entry : fs::directory_iterator(tenants_dir)) {
        if (entry.is_directory()) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

void AddHosts(House& house, const std::shared_ptr<const Site>& site, const fs::path& folder,
              config::Problems& problems) {
    for (const std::string& host : site->tenant.hosts) {
        const auto [at, fresh] = house.hosts.emplace(host, site);
        if (!fresh) {
            problems.Add((folder / "tenant.yaml").string(), {}, "hosts",
                         fmt::format("`{}` belongs to tenant {} already", host,
                                     at->second->tenant.id.value()));
        }
    }
}

// What it was served by before; nullptr when it was not, or nobody had asked whether it may be.
std::shared_ptr<const Site> KeptOf(const House* before, const std::string& tenant) {
    if (before == nullptr || !before->was_compared) return nullptr;
    const auto found = before->sites.find(tenant);
    return found == before->sites.end() ? nullptr : found->second;
}

void AddSite(House& house, ReadSite read, const House* before, const fs::path& folder,
             config::Problems& problems) {
    auto site = std::make_shared<const Site>(std::move(read.site));
    const std::string id = site->tenant.id.value();
    if (!read.contradictions.empty()) {
        house.refused.emplace(id, std::move(read.contradictions));
        const auto kept = KeptOf(before, id);
        if (!kept) return AddHosts(house, site, folder, problems);
        site = kept;
        if (!house.templates->themes().contains(site->theme))
            problems.Add((folder / "tenant.yaml").string(), {}, "theme",
                         fmt::format("the tenant is still served in `{}`, which is gone; put it "
                                     "back until its other files are mended",
                                     site->theme));
    }
    house.sites.emplace(id, site);
    AddHosts(house, site, folder, problems);
}

House::ThemeAssets PublishTheme(const view::Theme& theme, const view::AssetPublisher& publisher) {
    House::ThemeAssets assets;
    if (const auto base = theme.Find("assets/base.css"))
        assets.base_css_url = publisher.PublishFile(*base);
    if (const auto skin = theme.Find("assets/" + theme.id + ".css")) {
        assets.skin_css_url = publisher.PublishFile(*skin);
    }
    if (const auto icons = theme.Find("assets/icons.svg"))
        assets.icons_url = publisher.PublishFile(*icons);
    return assets;
}

}  // namespace

std::shared_ptr<const Site> House::FindHost(const std::string& host) const {
    const auto found = hosts.find(host);
    return found == hosts.end() ? nullptr : found->second;
}

bool House::Serves(const Site& site) const { return sites.contains(site.tenant.id.value()); }

std::shared_ptr<const House> BuildHouse(const HouseSources& sources, const House* before,
                                        bool check_templates, config::Problems& problems,
                                        std::vector<std::string>* advice) {
    auto house = std::make_shared<House>();
    house->revision = before == nullptr ? 1 : before->revision + 1;
    house->was_compared = sources.database != nullptr;
    auto templates = std::make_shared<const view::TemplateLibrary>(
        view::LoadThemes(sources.themes_dir, problems), sources.plugin_folders, problems,
        sources.templates);
    house->templates = templates;
    const std::vector<std::string> languages = templates->Languages();
    const SiteContext context{templates->themes(),   sources.plugins,   languages,
                              sources.public_origin, sources.publisher, advice,
                              sources.database,      sources.gateways,  sources.permissions};
    if (sources.gateways != nullptr) sources.gateways->Refresh();
    for (const fs::path& folder : TenantFolders(sources.tenants_dir, problems)) {
        if (auto read = LoadSite(folder, context, problems)) {
            AddSite(*house, std::move(*read), before, folder, problems);
        }
    }
    if (check_templates) templates->CheckAll(problems);
    if (!problems.empty()) return nullptr;
    if (sources.publisher != nullptr) {
        for (const auto& [id, theme] : templates->themes()) {
            house->assets[id] = PublishTheme(theme, *sources.publisher);
        }
    }
    return house;
}

HouseKeeper::HouseKeeper(HouseSources sources, std::shared_ptr<const House> first)
    : sources_(std::move(sources)), current_(std::move(first)) {}

std::shared_ptr<const House> HouseKeeper::Current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

config::Problems HouseKeeper::Reload(bool check_templates) {
    const std::lock_guard one_reload(reload_);
    config::Problems problems;
    auto house = BuildHouse(sources_, Current().get(), check_templates, problems);
    if (!house) return problems;
    // Swapped, so that what is left of the old house is taken down outside of the lock.
    {
        const std::lock_guard lock(mutex_);
        current_.swap(house);
    }
    return problems;
}

}  // namespace livery::tenancy
