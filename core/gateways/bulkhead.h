#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace livery::gateways {

// How many calls may wait for providers at one time: so many in the whole host, and half of them of
// one tenant. Each holds one of the threads for those who wait (see Pace), so one provider that
// hangs must leave threads to the other tenants. Who finds no place is told at once. Thread: any.
class Bulkhead {
 public:
    explicit Bulkhead(int most) : most_(most) {}

    // Held while the call lasts; the bulkhead outlives it.
    class Place {
     public:
        Place(Bulkhead& bulkhead, std::string tenant)
            : bulkhead_(&bulkhead), tenant_(std::move(tenant)) {}
        Place(Place&& other) noexcept
            : bulkhead_(std::exchange(other.bulkhead_, nullptr)),
              tenant_(std::move(other.tenant_)) {}
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (bulkhead_ != nullptr) bulkhead_->Leave(tenant_);
        }

     private:
        Bulkhead* bulkhead_;
        std::string tenant_;
    };
    std::optional<Place> Enter(const std::string& tenant);

 private:
    void Leave(const std::string& tenant);

    const int most_;
    std::mutex mutex_;
    int inside_ = 0;
    std::map<std::string, int> of_tenant_;
};

}  // namespace livery::gateways
