#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>

namespace livery {

// What accounts are called, for the lists of staff. Provided by `accounts`. Thread: any.
class AccountNames {
 public:
    static constexpr std::string_view kPortId = "livery.account_names/1";
    virtual ~AccountNames();
    // One round trip, however many there are; of none there is nothing to ask. What is not the
    // tenant's is not in it.
    virtual std::map<AccountId, std::string> Of(const TenantId& tenant,
                                                const std::vector<AccountId>& accounts) = 0;
};

}  // namespace livery
