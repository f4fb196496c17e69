#include "storage/clocks_text.h"

#include <livery/check.h>
#include <livery/json.h>

namespace livery::service_desk {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::microseconds;

Json JsonOf(const std::optional<Duration>& duration) {
    return duration ? Json(duration->count()) : Json(nullptr);
}
Json JsonOf(const std::optional<Instant>& instant) {
    return instant ? Json(std::chrono::floor<microseconds>(instant->time_since_epoch()).count())
                   : Json(nullptr);
}

Json JsonOf(const ServiceClock& clock) {
    return {{"target", JsonOf(clock.target)},
            {"used", clock.used.count()},
            {"running_since", JsonOf(clock.running_since)},
            {"ended_at", JsonOf(clock.ended_at)}};
}

std::optional<Instant> InstantFrom(const Json& json) {
    if (json.is_null()) return std::nullopt;
    return Instant(microseconds(json.get<std::int64_t>()));
}

ServiceClock ClockFrom(const Json& json) {
    ServiceClock clock;
    if (!json.at("target").is_null())
        clock.target = Duration(json.at("target").get<std::int64_t>());
    clock.used = Duration(json.at("used").get<std::int64_t>());
    clock.running_since = InstantFrom(json.at("running_since"));
    clock.ended_at = InstantFrom(json.at("ended_at"));
    return clock;
}

}  // namespace

std::string TextOf(const ServiceClocks& clocks) {
    return Json{{"first_response", JsonOf(clocks.first_response)},
                {"solution", JsonOf(clocks.solution)},
                {"followed_until", JsonOf(std::optional(clocks.followed_until))}}
        .dump();
}

ServiceClocks ClocksFrom(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    LIVERY_CHECK(json.is_object(), "clocks of a ticket that are none");
    return {ClockFrom(json.at("first_response")), ClockFrom(json.at("solution")),
            *InstantFrom(json.at("followed_until"))};
}

}  // namespace livery::service_desk
