#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <livery/ids.h>
#include <livery/time/instant.h>

namespace livery::db {

// One value for a `?`. Text is borrowed: it must live until the call returns.
class Param {
 public:
    using Value = std::variant<std::monostate, std::int64_t, std::string_view, Uuid, Instant, Date>;

    // NOLINTBEGIN(google-explicit-constructor): `{id, name, 3}` is how a statement is given values
    Param(std::nullopt_t) {}
    template <std::integral T>
    Param(T number) : value_(static_cast<std::int64_t>(number)) {}
    // A view of nothing is an empty text, not NULL.
    Param(std::string_view text) : value_(text.data() == nullptr ? std::string_view("") : text) {}
    Param(const std::string& text) : value_(std::string_view(text)) {}
    Param(const char* text) : value_(std::string_view(text)) {}
    Param(const Uuid& uuid) : value_(uuid) {}
    template <class Tag>
    Param(const Id<Tag>& id) : value_(id.uuid()) {}
    Param(Instant instant) : value_(instant) {}
    Param(Date date) : value_(date) {}
    template <class T>
    Param(const std::optional<T>& maybe) {
        if (maybe) value_ = Param(*maybe).value_;
    }
    // NOLINTEND(google-explicit-constructor)
    const Value& value() const { return value_; }

 private:
    Value value_;
};

// Parameters in order; a braced list at the call: `tx.Query(kFind, {account, id})`.
using Params = std::initializer_list<Param>;

}  // namespace livery::db
