#include "events/event_operations.h"

#include <charconv>
#include <optional>

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "events/event_repository.h"

namespace livery::events {

using api::Call;
using api::Json;

namespace {

// As long as a program may be down without missing anything.
constexpr std::chrono::days kKept{30};

// Where a program has read to.
struct EventPlace {
    std::int64_t number = 0;
    std::string ToString() const { return std::to_string(number); }
    static std::optional<EventPlace> Parse(std::string_view text) {
        EventPlace place;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), place.number);
        if (error != std::errc{} || end != text.data() + text.size() || place.number < 0)
            return std::nullopt;
        return place;
    }
};

Result<Json> List(const Call& call, db::Database& database, const Clock& clock) {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto after = LIVERY_TRY(api::PositionOf<EventPlace>(paging));
    const Instant now = clock.Now();
    database.Transact(call.tenant().id,
                      [&](db::Transaction& tx) { EventRepository::Number(tx, now - kKept); });
    auto found = EventRepository::List(database, call.tenant().id, after ? after->number : 0,
                                       paging.limit + 1);
    const std::string next = api::CutToPage(
        found, paging, [](const Recorded& event) { return EventPlace{event.number}; });
    Json data = Json::array();
    for (const Recorded& event : found)
        data.push_back({{"number", event.number},
                        {"name", event.name},
                        {"about", event.about},
                        {"facts", Json::parse(event.facts)},
                        {"at", ToIso(event.at)}});
    return api::ListReply(std::move(data), next);
}

}  // namespace

void AddEventOperations(host::Contributions& contributions, db::Database& database,
                        const Clock& clock) {
    contributions.schemas.push_back(
        {"Event",
         api::Object("Something that happened.",
                     {{"number", api::Integer("Its place; pass it as `after` to go on from it", 1,
                                              9'007'199'254'740'991)},
                      {"name", api::Text("What, in the past tense: two words with a dot", 60)},
                      {"about", api::Text("The id of what it happened to", 40)},
                      {"facts", Json{{"type", "object"}, {"description", "Of this name's own"}}},
                      {"at", api::Text("When it was written down")}})});
    contributions.schemas.push_back(api::ListOf("EventList", "Event"));
    api::Operation operation{
        .method = Method::kGet,
        .path = "/api/v1/events",
        .id = "listEvents",
        .tag = "Events",
        .scope = "events:read",
        .summary = "What happened since",
        .description =
            "Oldest first. Remember the last `number` and ask again with it as `after`: nothing is "
            "missed, and what was read twice has the same number. Kept for 30 days.",
        .query = api::PagingParameters(),
        .body = {},
        .reply = "EventList",
        .handler = api::Reading(
            [&database, &clock](const Call& call) { return List(call, database, clock); })};
    Route route{operation.method, operation.path, Access::kApiKey, {}, operation.summary};
    route.operation = std::make_shared<const api::Operation>(std::move(operation));
    contributions.routes.push_back({"", std::move(route)});
}

}  // namespace livery::events
