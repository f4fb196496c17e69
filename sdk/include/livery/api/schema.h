#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <livery/api/operation.h>
#include <livery/time/frequency.h>

// Words to write the schemas of an operation with, and the values that fit them.
namespace livery::api {

struct Member {
    enum class Presence { kRequired, kOptional };
    std::string name;
    Json schema;
    Presence presence = Presence::kRequired;
};
inline Member Optional(std::string name, Json schema) {
    return {std::move(name), std::move(schema), Member::Presence::kOptional};
}

// Nothing but these members.
Json Object(std::string_view description, std::initializer_list<Member> members);
Json Ref(std::string_view schema);  // a Schema by its name
Json ArrayOf(Json items);
Json Nullable(Json schema);  // of one type; not for Ref
Json OneOf(std::initializer_list<std::string_view> words);
Json Text(std::string_view description, std::size_t longest = 1000);
Json IdText(std::string_view prefix);  // "inv_…"
Json DecimalText(std::string_view description);
Json Integer(std::string_view description, std::int64_t least, std::int64_t most);
Json Flag(std::string_view description);
Json DayText(std::string_view description);    // "2026-03-31"
Json CivilText(std::string_view description);  // "2026-03-31T12:00:00", the tenant's own time

// Every document has these: `Money` {amount in minor units, currency} and `Problem`.
Json MoneyOf(const Money& money);
// All four forms of a moment in CivilText read alike.
std::string CivilOf(CivilTime time);
template <class T>
Json IdOrNull(const std::optional<T>& id) {
    return id ? Json(id->ToString()) : Json(nullptr);
}

// Lists, newest first, a page at a time. `position` is what stands in a cursor: an id's text.
struct Paging {
    std::size_t limit = 25;
    std::string after;  // as the caller gave it; "" = the first page
};
std::vector<Parameter> PagingParameters();
Result<Paging> PagingOf(const Call& call);
// The position of the page; kInvalidArgument on `after` when it is none.
template <class TypedId>
Result<std::optional<TypedId>> PositionOf(const Paging& paging) {
    if (paging.after.empty()) return std::optional<TypedId>();
    const auto id = TypedId::Parse(paging.after);
    if (!id) return InvalidField("after", "unknown_cursor");
    return id;
}
// An id in the query; none when it was not asked for.
template <class TypedId>
Result<std::optional<TypedId>> QueryId(const Call& call, const std::string& name) {
    const auto text = call.request.request().query.Find(name);
    if (!text) return std::optional<TypedId>();
    const auto id = TypedId::Parse(*text);
    if (!id) return InvalidField(name, "malformed_id");
    return id;
}
Schema ListOf(std::string name, std::string_view item);
Json ListReply(Json data, const std::string& next);  // "" = the last page

}  // namespace livery::api
