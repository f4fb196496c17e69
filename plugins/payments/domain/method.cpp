#include "domain/method.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "domain/look_schedule.h"

namespace livery::payments {

namespace {

constexpr std::array<std::pair<MethodState, std::string_view>, 5> kStates{
    {{MethodState::kBegun, "begun"},
     {MethodState::kActive, "active"},
     {MethodState::kRefused, "refused"},
     {MethodState::kFailed, "failed"},
     {MethodState::kRemoved, "removed"}}};

// A set-up that nobody ended within a day never will be.
constexpr std::chrono::hours kPatience{24};

void Keep(PaymentMethod& method, const SetUpSaid& said) {
    method.state = MethodState::kActive;
    method.token = said.token;
    method.kind = said.kind;
    method.brand = said.brand;
    method.last4 = said.last4;
    method.expiry_month = said.expiry_month;
    method.expiry_year = said.expiry_year;
    method.customer = said.customer;
    method.mandate = said.mandate;
    method.network_transaction_id = said.network_transaction_id;
}

void Read(PaymentMethod& method, const SetUpSaid& said) {
    if (!said.provider_id.empty()) method.provider_id = said.provider_id;
    if (!said.action_url.empty()) {
        method.action_url = said.action_url;
        method.action_fields = said.action_fields;
    }
    if (said.state == "active" && !said.token.empty()) Keep(method, said);
    if (said.state == "failed" || said.state == "expired") method.state = MethodState::kFailed;
}

}  // namespace

std::string_view ToString(MethodState state) {
    for (const auto& [known, word] : kStates) {
        if (known == state) return word;
    }
    return "";
}

std::optional<MethodState> MethodStateFrom(std::string_view text) {
    for (const auto& [known, word] : kStates) {
        if (word == text) return known;
    }
    return std::nullopt;
}

bool IsExpired(const PaymentMethod& method, Date today) {
    const auto expires = ExpiresOn(method);
    return expires && today >= *expires;
}

bool ExpiresSoon(const PaymentMethod& method, Date today) {
    const auto expires = ExpiresOn(method);
    return method.state == MethodState::kActive && expires && today < *expires &&
           *expires - today <= std::chrono::days(kWarnBeforeDays.front());
}

std::string_view StandsAs(const PaymentMethod& method, Date today) {
    if (method.state == MethodState::kActive && IsExpired(method, today)) return "expired";
    return ExpiresSoon(method, today) ? "expires_soon" : ToString(method.state);
}

std::optional<Date> ExpiresOn(const PaymentMethod& method) {
    if (method.expiry_month == 0) return std::nullopt;
    const std::chrono::year_month month{
        std::chrono::year(method.expiry_year),
        std::chrono::month(static_cast<unsigned>(method.expiry_month))};
    return Date((month + std::chrono::months(1)) / std::chrono::day(1));
}

std::optional<int> WarnsToday(const PaymentMethod& method, Date today) {
    const auto expires = ExpiresOn(method);
    if (method.state != MethodState::kActive || !expires || method.warned_on == today)
        return std::nullopt;
    const auto left = static_cast<int>((*expires - today).count());
    const bool warns =
        std::find(kWarnBeforeDays.begin(), kWarnBeforeDays.end(), left) != kWarnBeforeDays.end();
    return warns ? std::optional(left) : std::nullopt;
}

bool IsChargeable(const PaymentMethod& method, Date today) {
    return method.state == MethodState::kActive && !IsExpired(method, today);
}

std::vector<PaymentMethod> Chargeable(std::vector<PaymentMethod> methods, Date today) {
    std::erase_if(methods,
                  [&](const PaymentMethod& method) { return !IsChargeable(method, today); });
    std::sort(methods.begin(), methods.end(), [](const PaymentMethod& a, const PaymentMethod& b) {
        return std::tuple(!a.is_default, a.id) < std::tuple(!b.is_default, b.id);
    });
    return methods;
}

Result<void> CheckRemoval(const PaymentMethod& method, const std::vector<PaymentMethod>& all,
                          bool pays_automatically, Date today) {
    // What cannot be charged is missed by nobody.
    if (!pays_automatically || !IsChargeable(method, today)) return {};
    const auto usable = Chargeable(all, today);
    const bool another = std::any_of(usable.begin(), usable.end(), [&](const PaymentMethod& other) {
        return other.id != method.id;
    });
    if (!another) return Conflict("error.last_method");
    return {};
}

void Advance(PaymentMethod& method, Fate fate, const std::optional<SetUpSaid>& said, bool by_lookup,
             Instant now) {
    if (method.state != MethodState::kBegun) return;
    if (by_lookup) ++method.looks;
    if (fate == Fate::kAnswered && said) Read(method, *said);
    if (fate == Fate::kNothingSent && !by_lookup) method.state = MethodState::kFailed;
    if (method.state == MethodState::kBegun && now >= method.began_at + kPatience)
        method.state = MethodState::kFailed;
    method.next_look_at.reset();
    if (method.state == MethodState::kBegun)
        method.next_look_at = NextLookAtUnknown(method.began_at, method.looks, now);
}

PaymentMethod KeptOf(const Payment& payment, const SetUpSaid& said, Instant now) {
    PaymentMethod method{.id = MethodId(payment.id.uuid()),
                         .account = payment.account,
                         .instance = payment.instance,
                         .key = {AttemptKey::Kind::kSetup, payment.id.uuid(), 1},
                         .began_at = now};
    Keep(method, said);
    return method;
}

void GiveDefault(std::vector<PaymentMethod>& all, Date today) {
    const auto usable = Chargeable(all, today);
    if (usable.empty() || usable.front().is_default) return;
    for (PaymentMethod& method : all) method.is_default = method.id == usable.front().id;
}

}  // namespace livery::payments
