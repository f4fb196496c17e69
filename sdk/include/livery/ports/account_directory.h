#pragma once

#include <vector>

#include <livery/ids.h>

namespace livery {

// Which accounts a tenant has. Provided by `accounts`. Thread: any.
class AccountDirectory {
 public:
    static constexpr std::string_view kPortId = "livery.account_directory/1";
    virtual ~AccountDirectory();
    // A page in the order of their numbers, after `after` (0: from the first).
    struct Entry {
        AccountId id;
        std::int64_t number = 0;
    };
    virtual std::vector<Entry> List(const TenantId& tenant, std::int64_t after,
                                    std::size_t limit) = 0;
};

}  // namespace livery
