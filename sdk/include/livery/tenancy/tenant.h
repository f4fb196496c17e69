#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/money/currency.h>
#include <livery/staff/role.h>

namespace livery {

// `mode` of tenant.yaml. Of a sandbox and of a demo no real money moves: gateways of providers that
// exist for tests only may be used, and providers on this machine. A sandbox has a test clock
// besides.
enum class TenantMode : std::uint8_t { kLive, kDemo, kSandbox };

// A business, as its YAML says. Immutable: a reload makes a new snapshot, and requests under way
// keep the old one.
struct Tenant {
    TenantId id;
    std::string name;  // the brand's name, as subscribers read it
    std::vector<std::string> hosts;
    std::string origin;  // "https://care.harbor.example": for links in mails, never from a request
    std::vector<std::string> locales;  // BCP 47, the first is the default: "de-DE", "en-IE"
    std::string time_zone;             // IANA
    Currency currency;
    std::string support_email;
    // Of the brand, for what is no page: documents.
    std::string brand_color;  // "#rrggbb"
    std::string logo_svg;     // the file's text; "" = none
    TenantMode mode = TenantMode::kLive;
    std::set<std::string> plugins;  // enabled ones
    // Typed settings of each enabled plugin, made by its own ObjectSchema.
    std::map<std::string, std::shared_ptr<const void>> settings;

    Roles roles;  // of its staff

    bool HasTestClock() const { return mode == TenantMode::kSandbox; }
    bool IsPlayMoney() const { return mode != TenantMode::kLive; }
    bool Enables(const std::string& plugin) const { return plugins.contains(plugin); }
    // The settings of a plugin, as its config type; nullptr when the tenant has not enabled it.
    template <class Settings>
    std::shared_ptr<const Settings> FindSettings(const std::string& plugin) const {
        const auto found = settings.find(plugin);
        return found == settings.end() ? nullptr
                                       : std::static_pointer_cast<const Settings>(found->second);
    }
    // Of a plugin that it has enabled.
    template <class Settings>
    const Settings& SettingsOf(const std::string& plugin) const {
        return *static_cast<const Settings*>(settings.at(plugin).get());
    }
};

}  // namespace livery
