#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <livery/json.h>

#include "gateways/allowed_urls.h"
#include "gateways/gateway_instance.h"
#include "gateways/key_value_store.h"
#include "gateways/secret_store.h"
#include "gateways/send_fence.h"
#include "http/client/client.h"

namespace livery::gateways {

// Does for a gateway, during one call, what it may not do itself, and keeps account of it: what was
// sent (the fence), which secrets were used (to be masked), why something was not done. The
// services are named in abi.h, their messages in host.hpp. What it borrows outlives it.
//
// What a gateway remembers (kv.put) is refused where it holds a secret, and never for its digits.
// Providers' ids are often nothing but digits (Adyen's have 16): one in ten is right by Luhn's
// check digit, and some begin as an issuer's cards do. No rule can tell those from a card, and
// money that went by an id that is not kept is never found again. Nor is there a card to be kept:
// providers send none, and what people type is refused at the door (sdk: livery/card_number.h) and in
// the message (call_check.h). A file that would keep one of its own making is what the conformance
// kit's canary looks for. Of what is only read by people, logs and faults, more is masked than must
// be.
class CallDesk final : public ServiceDesk {
 public:
    using Clock = std::chrono::steady_clock;
    // Of one call. No operation needs nearly as many; a gateway that loops is stopped by them
    // before its deadline.
    static constexpr int kMostServices = 200;
    static constexpr std::size_t kMostRequest = std::size_t{1} << 20;  // bytes
    struct Instance {
        TenantId tenant;
        std::string id;
        AllowedUrls urls;
        std::set<std::string> secrets;  // names that its configuration gives
    };
    struct Services {
        http::Client& client;
        const SecretStore& secrets;
        KeyValueStore& store;
        std::function<std::chrono::seconds()> now;  // the tenant's clock, Unix time
    };
    // After `deadline` nothing more is done.
    CallDesk(const Instance& instance, const Services& services, Clock::time_point deadline)
        : instance_(instance), services_(services), deadline_(deadline) {}

    std::int32_t Serve(std::string_view service, std::string_view request,
                       std::string& answer) override;
    void Log(int level, std::string_view line) override;

    const SendFence& fence() const { return fence_; }
    // Why a service was last not done; empty: all were.
    const std::string& fault() const { return fault_; }
    // A text as it may be shown.
    std::string Masked(std::string_view text) const;

 private:
    using Json = nlohmann::json;
    std::int32_t Answer(std::string_view service, const Json& request, Json& answer);
    std::int32_t SendHttp(const Json& request, Json& answer);
    std::int32_t SignHmac(const Json& request, Json& answer);
    std::int32_t TellTime(Json& answer) const;
    std::int32_t Recall(const Json& request, Json& answer);
    std::int32_t Remember(const Json& request);
    bool HoldsSecret(const std::string& text) const;
    Result<std::string> SecretNamed(const std::string& name);
    std::int32_t Refuse(std::int32_t code, std::string why);

    const Instance& instance_;
    const Services& services_;
    Clock::time_point deadline_;
    SendFence fence_;
    std::vector<std::string> used_secrets_;
    std::string fault_;
    int served_ = 0;
    int lines_ = 0;
};

}  // namespace livery::gateways
