#pragma once

#include <string>

#include <livery/config/object_schema.h>

namespace livery::accounts {

// `plugins: {accounts: …}` of tenant.yaml. Where an account without any address is taken to be:
// whoever has just registered can be charged and taxed.
struct AccountsConfig {
    std::string country;
    std::string region;
    static const config::ObjectSchema<AccountsConfig>& Schema();
};

}  // namespace livery::accounts
