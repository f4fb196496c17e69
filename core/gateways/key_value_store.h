#pragma once

#include <string>

#include <livery/ids.h>

namespace livery::gateways {

// What gateways remember between calls, each instance of each tenant for itself. Thread: any.
class KeyValueStore {
 public:
    static constexpr std::size_t kMostKey = 100;
    static constexpr std::size_t kMostValue = 4096;  // bytes, both

    virtual ~KeyValueStore() = default;
    virtual std::string Get(const TenantId& tenant, const std::string& instance,
                            const std::string& key) = 0;  // "": nothing
    // An empty value forgets the key.
    virtual void Put(const TenantId& tenant, const std::string& instance, const std::string& key,
                     const std::string& value) = 0;
};

}  // namespace livery::gateways
