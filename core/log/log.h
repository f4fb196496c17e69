#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace livery::log {

enum class Level { kDebug, kInfo, kWarn, kError };

struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t> value;
};

// One JSON object per line on stderr or a file: time, level, event, then the fields. Events are
// fixed names (`request`, `mail.sent`); what varies goes into fields. Never log a password, token,
// cookie, form body or SQL value. Thread: any.
void Write(Level level, std::string_view event, std::initializer_list<Field> fields = {});
void Write(Level level, std::string_view event, std::span<const Field> fields);

// Once, before the first line. Empty path: stderr.
void Configure(Level least, const std::string& path);
Level LevelFrom(std::string_view name);

}  // namespace livery::log
