#include "config.h"

#include <livery/billing/tax.h>

namespace livery::accounts {

namespace {

std::optional<std::string> WrongCountry(const std::string& text) {
    if (billing::IsCountryCode(text)) return std::nullopt;
    return "not a country; write two capitals, such as DE";
}

}  // namespace

const config::ObjectSchema<AccountsConfig>& AccountsConfig::Schema() {
    static const auto schema =
        config::ObjectSchema<AccountsConfig>("Accounts of subscribers")
            .Required("country", &AccountsConfig::country,
                      "Where an account without an address is taxed: ISO 3166-1, two capitals",
                      {.pattern = "[A-Z]{2}", .check = WrongCountry})
            .Optional("region", &AccountsConfig::region,
                      "Its region, where taxes need one: ISO 3166-2 without the country");
    return schema;
}

}  // namespace livery::accounts
