#pragma once

#include <map>
#include <string>
#include <vector>

#include <livery/config/object_schema.h>

#include "tenancy/gateway_config.h"

namespace livery::tenancy {

// `tenants/<tenant>/tenant.yaml`, as written.
struct LogoConfig {
    std::string light;
    std::string dark;
    static const config::ObjectSchema<LogoConfig>& Schema();
};

struct ColorConfig {
    std::string primary;
    std::string accent;
    std::string surface;
    std::string text;
    static const config::ObjectSchema<ColorConfig>& Schema();
};

struct BrandConfig {
    LogoConfig logo;
    std::string favicon;
    ColorConfig color;
    std::string radius = "theme";
    std::string density = "theme";
    std::string contrast = "fix";
    static const config::ObjectSchema<BrandConfig>& Schema();
};

struct MailConfig {
    std::string from;
    std::string reply_to;
    static const config::ObjectSchema<MailConfig>& Schema();
};

struct LegalLinkConfig {
    std::map<std::string, std::string> label;  // by language
    std::string href;
    static const config::ObjectSchema<LegalLinkConfig>& Schema();
};

struct RoleConfig {
    std::map<std::string, std::string> label;  // by language
    std::vector<std::string> permissions;
    static const config::ObjectSchema<RoleConfig>& Schema();
};

struct StaffConfig {
    std::map<std::string, RoleConfig> roles;
    static const config::ObjectSchema<StaffConfig>& Schema();
};

struct TenantConfig {
    std::string name;
    std::vector<std::string> hosts;
    std::string theme = "default";
    std::vector<std::string> locales;
    std::string time_zone;
    std::string currency;
    std::string support_email;
    std::string mode = "live";
    BrandConfig brand;
    MailConfig mail;
    std::vector<LegalLinkConfig> legal;
    StaffConfig staff;
    std::vector<GatewayConfig> gateways;
    std::map<std::string, config::Node> plugins;
    static const config::ObjectSchema<TenantConfig>& Schema();
};

}  // namespace livery::tenancy
