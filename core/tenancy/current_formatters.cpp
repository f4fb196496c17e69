#include "tenancy/current_formatters.h"

#include "view/icu_formatter.h"

namespace livery::tenancy {

std::unique_ptr<const Formatter> CurrentFormatters::Of(const TenantId& id,
                                                       const std::string& plugin) {
    const auto house = house_();
    const Tenant& tenant = house->sites.at(id.value())->tenant;
    const std::string& locale = tenant.locales.front();
    return std::make_unique<view::IcuFormatter>(
        locale, tenant.time_zone,
        house->templates->TextsOf(plugin, locale.substr(0, locale.find('-'))));
}

}  // namespace livery::tenancy
