#include "app/watched_gateways.h"

namespace livery::payments {

namespace {

constexpr int kInARow = 3;
constexpr std::chrono::minutes kLeftAlone{1};

// What every gateway can. Of others "not sent" may only mean that this one does not do such a
// thing.
bool IsOfEveryGateway(std::string_view operation) {
    return operation == "payment.start/1" || operation == "payment.lookup/1";
}

}  // namespace

bool WatchedGateways::IsSilent(const TenantId& tenant, const std::string& instance) const {
    const std::lock_guard lock(mutex_);
    const auto found = silences_.find({tenant, instance});
    return found != silences_.end() && found->second.calls >= kInARow &&
           clock_.Now() < found->second.last + kLeftAlone;
}

// Whoever finds nothing by our reference sends nothing for a lookup without his own id: that is no
// silence.
bool WatchedGateways::MayBeAsked(const Tenant& tenant, const Question& question) const {
    if (question.operation != "payment.lookup/1" ||
        question.message.find("\"provider_id\"") != std::string_view::npos)
        return true;
    for (const Instance& one : gateways_.Of(tenant)) {
        if (one.id == question.instance) return one.Can("lookup_by_reference");
    }
    return true;
}

Gateways::Reply WatchedGateways::Call(const Tenant& tenant, const Question& question) {
    Reply reply = gateways_.Call(tenant, question);
    const bool answered = reply.fate == Fate::kAnswered;
    const bool is_silence = IsOfEveryGateway(question.operation) &&
                            (reply.fate != Fate::kNothingSent || MayBeAsked(tenant, question));
    if (!answered && !is_silence) return reply;
    const std::pair key(tenant.id, std::string(question.instance));
    const std::lock_guard lock(mutex_);
    if (answered) {
        silences_.erase(key);
    } else {
        Silence& silence = silences_[key];
        ++silence.calls;
        silence.last = clock_.Now();
    }
    return reply;
}

}  // namespace livery::payments
