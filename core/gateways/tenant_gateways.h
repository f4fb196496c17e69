#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include <livery/ports/gateways.h>
#include <livery/ports/tenant_time.h>
#include <livery/time/clock.h>

#include "gateways/bulkhead.h"
#include "gateways/call_desk.h"
#include "gateways/gateway_files.h"
#include "gateways/gateway_pool.h"
#include "gateways/message_book.h"
#include "tenancy/house.h"

namespace livery::gateways {

// The port `livery.gateways/1`: the gateways of the tenants of the house that holds now.
// README.md walks through a call. Thread: any.
class TenantGateways final : public Gateways {
 public:
    // What it borrows; all of it outlives this.
    struct Parts {
        std::function<std::shared_ptr<const tenancy::House>()> house;
        GatewayFiles& files;
        const SecretStore& secrets;
        KeyValueStore& store;
        TenantTime& tenant_time;
        const livery::Clock& clock;  // the machine's: by it webhooks are signed
        GatewayPool& pool;
        // Calls of all tenants that may wait for providers at one time (bulkhead.h).
        int most_calls = 64;
        std::string ca_file = {};  // of providers' certificates; empty: the system's
    };
    explicit TenantGateways(Parts parts);

    std::vector<Instance> Of(const Tenant& tenant) override;
    Reply Call(const Tenant& tenant, const Question& question) override;
    Result<Delivered> Receive(const Tenant& tenant, const Delivery& delivery) override;

 private:
    // One configured gateway with its file; `refused` says why it cannot be called.
    struct Found {
        std::shared_ptr<const tenancy::ConfiguredGateway> configured;
        GatewayFiles::File file;
        std::string refused;
    };
    std::shared_ptr<const tenancy::Site> SiteOf(const Tenant& tenant);
    Found Complete(const Tenant& tenant,
                   std::shared_ptr<const tenancy::ConfiguredGateway> configured);
    Found Find(const Tenant& tenant, std::string_view instance);
    Instance Described(const Tenant& tenant, const Found& found);
    // After a reload: instances of what is no longer so are given up.
    void FollowHouse(const tenancy::House& house);
    GatewayPool::Wanted WantedFor(const TenantId& tenant, const Found& found) const;
    Reply Ask(const Tenant& tenant, const Found& found, const Question& question,
              const MessageBook::Operation& operation);
    Reply Told(const CallDesk& desk, const GatewayPool::Outcome& outcome,
               const MessageBook::Operation& operation) const;

    Parts parts_;
    http::Client outside_;        // to the internet only
    http::Client with_loopback_;  // for tenants in sandbox mode
    std::atomic<std::uint64_t> next_call_{1};
    Bulkhead bulkhead_;
    std::mutex mutex_;            // guards followed_
    std::uint64_t followed_ = 0;  // revision of the house
};

}  // namespace livery::gateways
