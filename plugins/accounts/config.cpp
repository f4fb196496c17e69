#include "config.h"

#include <algorithm>

namespace livery::accounts {

namespace {

std::optional<std::string> WrongCountry(const std::string& text) {
    const bool fine = text.size() == 2 && std::all_of(text.begin(), text.end(),
                                                      [](char c) { return c >= 'A' && c <= 'Z'; });
    if (fine) return std::nullopt;
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
