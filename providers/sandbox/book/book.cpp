#include "sandbox/book/book.h"

#include <algorithm>

namespace livery::sandbox {

namespace {

template <class Map>
auto FindOf(const Map& map, std::string_view merchant, std::string_view id) -> const
    typename Map::mapped_type* {
    const auto found = map.find(id);
    return found == map.end() || found->second.merchant != merchant ? nullptr : &found->second;
}

template <class Map>
auto ByReference(const Map& map, std::string_view merchant, std::string_view reference) {
    std::vector<const typename Map::mapped_type*> found;
    for (const auto& [id, record] : map) {
        if (record.merchant == merchant && record.reference == reference) found.push_back(&record);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto* a, const auto* b) { return a->created < b->created; });
    return found;
}

template <class Map>
auto OfSession(const Map& map, const std::map<std::string, std::string, std::less<>>& sessions,
               std::string_view session) -> const typename Map::mapped_type* {
    const auto id = sessions.find(session);
    if (id == sessions.end()) return nullptr;
    const auto found = map.find(id->second);
    return found == map.end() ? nullptr : &found->second;
}

}  // namespace

void Book::Apply(const Change& change) {
    for (const Payment& payment : change.payments) {
        payments_[payment.id] = payment;
        if (!payment.session.empty()) sessions_[payment.session] = payment.id;
    }
    for (const Setup& setup : change.setups) {
        setups_[setup.id] = setup;
        sessions_[setup.session] = setup.id;
    }
    for (const Refund& refund : change.refunds) refunds_[refund.id] = refund;
    for (const StoredMethod& method : change.methods) methods_[method.token] = method;
    movements_.insert(movements_.end(), change.movements.begin(), change.movements.end());
    for (const Event& event : change.events) undelivered_[event.id] = event;
    for (const std::string& id : change.delivered) undelivered_.erase(id);
    for (const KeptAnswer& answer : change.answers)
        answers_[{answer.merchant, answer.key}] = answer;
    for (const auto& [merchant, url] : change.hooks) hooks_[merchant] = url;
    clock_ += change.clock;
}

const Payment* Book::FindPayment(std::string_view merchant, std::string_view id) const {
    return FindOf(payments_, merchant, id);
}
const Refund* Book::FindRefund(std::string_view merchant, std::string_view id) const {
    return FindOf(refunds_, merchant, id);
}
const Setup* Book::FindSetup(std::string_view merchant, std::string_view id) const {
    return FindOf(setups_, merchant, id);
}
const StoredMethod* Book::FindMethod(std::string_view merchant, std::string_view token) const {
    return FindOf(methods_, merchant, token);
}
const Payment* Book::PaymentOfSession(std::string_view session) const {
    return OfSession(payments_, sessions_, session);
}
const Setup* Book::SetupOfSession(std::string_view session) const {
    return OfSession(setups_, sessions_, session);
}
std::vector<const Payment*> Book::PaymentsOf(std::string_view merchant,
                                             std::string_view reference) const {
    return ByReference(payments_, merchant, reference);
}
std::vector<const Refund*> Book::RefundsOf(std::string_view merchant,
                                           std::string_view reference) const {
    return ByReference(refunds_, merchant, reference);
}
std::vector<const Setup*> Book::SetupsOf(std::string_view merchant,
                                         std::string_view reference) const {
    return ByReference(setups_, merchant, reference);
}

std::vector<const StoredMethod*> Book::MethodsOf(std::string_view merchant,
                                                 std::string_view customer) const {
    std::vector<const StoredMethod*> found;
    for (const auto& [token, method] : methods_) {
        if (method.merchant == merchant && method.customer == customer && !method.detached)
            found.push_back(&method);
    }
    return found;
}

const KeptAnswer* Book::FindAnswer(std::string_view merchant, std::string_view key) const {
    const auto found = answers_.find({std::string(merchant), std::string(key)});
    return found == answers_.end() ? nullptr : &found->second;
}

std::string Book::HookOf(std::string_view merchant) const {
    const auto found = hooks_.find(merchant);
    return found == hooks_.end() ? "" : found->second;
}

}  // namespace livery::sandbox
