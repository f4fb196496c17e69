#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include <livery/ports/gateways.h>

#include "checkout.h"

namespace livery::payments::testing {

// Stands before the provider of the test: it may answer instead, or throw as a broken book would.
class Before final : public Gateways {
 public:
    explicit Before(Gateways& provider) : provider_(provider) {}
    std::function<std::optional<Reply>(const Question&)> instead;

    std::vector<Instance> Of(const Tenant& tenant) override {
        const std::lock_guard lock(mutex_);
        return provider_.Of(tenant);
    }
    Reply Call(const Tenant& tenant, const Question& question) override {
        if (instead) {
            if (auto reply = instead(question)) return *std::move(reply);
        }
        const std::lock_guard lock(mutex_);
        return provider_.Call(tenant, question);
    }
    Result<Delivered> Receive(const Tenant& tenant, const Delivery& delivery) override {
        return provider_.Receive(tenant, delivery);
    }

 private:
    Gateways& provider_;
    std::mutex mutex_;
};

// The desk of a checkout whose provider has `before` in front of it.
struct Behind {
    explicit Behind(Checkout& checkout)
        : before(checkout.provider),
          watched(before, checkout.clock),
          ports{checkout.ports.database,  watched,
                checkout.ports.invoicing, checkout.ports.time,
                checkout.ports.clock,     checkout.ports.ids,
                checkout.ports.log,       checkout.ports.letters,
                checkout.ports.links,     {}},
          desk(ports) {}
    Before before;
    WatchedGateways watched;
    PaymentPorts ports;
    PaymentDesk desk;
};

}  // namespace livery::payments::testing
