#include "sandbox/api/body.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace livery::sandbox {

namespace {

constexpr auto kCurrencies = std::to_array<std::string_view>(
    {"AED", "CHF", "EUR", "GBP", "HUF", "JPY", "KWD", "SAR", "SEK", "USD"});

bool IsWhole(const Json& json) {
    if (json.is_number_unsigned())
        return json.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
    return json.is_number_integer();
}

}  // namespace

Body::Body(std::string_view text) : json_(Json::parse(text, nullptr, false)) {
    if (!json_.is_object()) throw Refusal(400, "bad_json", "The body is no JSON object.");
}

const Json* Body::Take(const std::string& name, Need need) {
    known_.insert(name);
    const auto found = json_.find(name);
    if (found != json_.end()) return &*found;
    if (need == Need::kRequired) Wrong(name, "is missing");
    return nullptr;
}

std::string Body::Text(const std::string& name, std::size_t most, Need need) {
    const Json* found = Take(name, need);
    if (found == nullptr) return "";
    if (!found->is_string()) {
        Wrong(name, "is no text");
        return "";
    }
    auto text = found->get<std::string>();
    if (text.empty() || text.size() > most)
        Wrong(name, fmt::format("is empty or longer than {} bytes", most));
    return text;
}

std::int64_t Body::Amount(const std::string& name, Need need) {
    const Json* found = Take(name, need);
    if (found == nullptr) return 0;
    if (!IsWhole(*found)) {
        Wrong(name, "is no whole number");
        return 0;
    }
    const auto amount = found->get<std::int64_t>();
    if (amount < 1) Wrong(name, "is less than 1");
    return amount;
}

std::int64_t Body::Integer(const std::string& name, std::int64_t absent) {
    const Json* found = Take(name, Need::kOptional);
    if (found == nullptr) return absent;
    if (!IsWhole(*found)) {
        Wrong(name, "is no whole number");
        return absent;
    }
    return found->get<std::int64_t>();
}

bool Body::Flag(const std::string& name, bool absent) {
    const Json* found = Take(name, Need::kOptional);
    if (found == nullptr) return absent;
    if (!found->is_boolean()) Wrong(name, "is neither true nor false");
    return found->is_boolean() ? found->get<bool>() : absent;
}

std::string Body::Currency(const std::string& name) {
    const std::string code = Text(name, 3, Need::kRequired);
    if (!code.empty() &&
        std::find(kCurrencies.begin(), kCurrencies.end(), code) == kCurrencies.end())
        Wrong(name, "is no currency that is taken here");
    return code;
}

void Body::Texts(const std::string& name) {
    const Json* found = Take(name, Need::kOptional);
    if (found == nullptr) return;
    const bool texts =
        found->is_object() &&
        std::all_of(found->begin(), found->end(), [](const Json& v) { return v.is_string(); });
    if (!texts) Wrong(name, "is no object of texts");
}

void Body::Check() {
    for (const auto& [name, value] : json_.items()) {
        if (!known_.contains(name)) Wrong(name, "is no field of this request");
    }
    if (wrong_.empty()) return;
    throw Refusal(422, "invalid_request",
                  fmt::format("`{}` {}.", wrong_.begin().key(), wrong_.begin()->get<std::string>()),
                  wrong_);
}

}  // namespace livery::sandbox
