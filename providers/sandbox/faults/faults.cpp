#include "sandbox/faults/faults.h"

#include <algorithm>
#include <array>

#include "sandbox/api/body.h"

namespace livery::sandbox {

namespace {

constexpr auto kNames = std::to_array<std::string_view>({
    "refuse",
    "reset_before_commit",
    "reset_after_commit",
    "hang_before_commit",
    "hang_after_commit",
    "slow_drip",
    "error_before_commit",
    "error_after_commit",
    "rate_limited",
    "duplicate",
    "truncated",
    "empty",
    "wrong_type",
    "oversized",
    "wrong_amount",
    "wrong_currency",
    "unknown_state",
    "error_in_success",
    "webhook_first",
    // of webhooks
    "never",
    "twice",
    "bad_signature",
    "late",
});

bool Fits(const Fault& fault, std::string_view what, std::string_view body) {
    return fault.times > 0 && what.starts_with(fault.on) &&
           (fault.contains.empty() || body.find(fault.contains) != std::string_view::npos ||
            what.find(fault.contains) != std::string_view::npos);
}

// A fault of webhooks is no fault of requests.
bool IsOfWebhooks(std::string_view what) { return what.starts_with("webhook"); }

}  // namespace

void Faults::Add(std::string_view json) {
    Body body(json);
    Fault fault;
    fault.fault = body.Text("fault", 40, Body::Need::kRequired);
    fault.on = body.Text("on", 255, Body::Need::kOptional);
    fault.contains = body.Text("contains", 255, Body::Need::kOptional);
    fault.skip = static_cast<int>(body.Integer("skip", 0));
    fault.times = static_cast<int>(body.Integer("times", 1));
    fault.milliseconds = static_cast<int>(body.Integer("milliseconds", 30'000));
    if (std::find(kNames.begin(), kNames.end(), fault.fault) == kNames.end())
        body.Wrong("fault", "is none of README.md");
    body.Check();
    const std::lock_guard lock(mutex_);
    faults_.push_back(std::move(fault));
}

void Faults::Clear() {
    const std::lock_guard lock(mutex_);
    faults_.clear();
}

Json Faults::List() const {
    const std::lock_guard lock(mutex_);
    Json list = Json::array();
    for (const Fault& fault : faults_) {
        list.push_back({{"fault", fault.fault},
                        {"on", fault.on},
                        {"contains", fault.contains},
                        {"skip", fault.skip},
                        {"times", fault.times},
                        {"milliseconds", fault.milliseconds}});
    }
    return list;
}

std::optional<Fault> Faults::Take(std::string_view what, std::string_view body) {
    const std::lock_guard lock(mutex_);
    for (Fault& fault : faults_) {
        if (IsOfWebhooks(what) != IsOfWebhooks(fault.on) || !Fits(fault, what, body)) continue;
        if (fault.skip > 0) {
            --fault.skip;
            continue;
        }
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

}  // namespace livery::sandbox
