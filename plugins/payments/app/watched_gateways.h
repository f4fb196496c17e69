#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include <livery/ports/gateways.h>
#include <livery/time/clock.h>

namespace livery::payments {

// The gateways, and whether their providers answer. One that left three calls in a row without an
// answer is silent for a minute: jobs leave it alone then, since each call would take its whole
// time, or would be one more payment that failed for nothing. Whoever waits for an answer himself
// is let through always, and the first answer ends it. It is what this process has seen; nothing of
// it is kept. Thread: any.
class WatchedGateways final : public Gateways {
 public:
    WatchedGateways(Gateways& gateways, const Clock& clock) : gateways_(gateways), clock_(clock) {}

    bool IsSilent(const TenantId& tenant, const std::string& instance) const;

    std::vector<Instance> Of(const Tenant& tenant) override { return gateways_.Of(tenant); }
    Reply Call(const Tenant& tenant, const Question& question) override;
    Result<Delivered> Receive(const Tenant& tenant, const Delivery& delivery) override {
        return gateways_.Receive(tenant, delivery);
    }

 private:
    struct Silence {
        int calls = 0;  // in a row
        Instant last{};
    };
    bool MayBeAsked(const Tenant& tenant, const Question& question) const;
    Gateways& gateways_;
    const Clock& clock_;
    mutable std::mutex mutex_;  // guards silences_
    std::map<std::pair<TenantId, std::string>, Silence> silences_;
};

}  // namespace livery::payments
