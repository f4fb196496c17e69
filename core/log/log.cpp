#include "log/log.h"

#include <chrono>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <livery/card_number.h>
#include <livery/json.h>


namespace livery::log {

namespace {

std::shared_ptr<spdlog::logger>& Logger() {
    static auto logger = spdlog::stderr_logger_mt("livery");
    return logger;
}

spdlog::level::level_enum LevelOf(Level level) {
    switch (level) {
        case Level::kDebug:
            return spdlog::level::debug;
        case Level::kInfo:
            return spdlog::level::info;
        case Level::kWarn:
            return spdlog::level::warn;
        case Level::kError:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string_view NameOf(Level level) {
    switch (level) {
        case Level::kDebug:
            return "debug";
        case Level::kInfo:
            return "info";
        case Level::kWarn:
            return "warn";
        case Level::kError:
            return "error";
    }
    return "";
}

void AppendText(std::string& line, std::string_view text) {
    // Invalid UTF-8 from outside becomes U+FFFD instead of an exception. The last net: nobody logs
    // the number of a card on purpose.
    line += nlohmann::json(WithoutCardNumbers(text))
                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void Configure(Level least, const std::string& path) {
    Logger() = path.empty()
                   ? std::make_shared<spdlog::logger>(
                         "livery", std::make_shared<spdlog::sinks::stderr_sink_mt>())
                   : std::make_shared<spdlog::logger>(
                         "livery", std::make_shared<spdlog::sinks::basic_file_sink_mt>(path));
    Logger()->set_level(LevelOf(least));
    Logger()->set_pattern("{\"time\":\"%Y-%m-%dT%H:%M:%S.%fZ\",%v}",
                          spdlog::pattern_time_type::utc);
    Logger()->flush_on(spdlog::level::info);
}

Level LevelFrom(std::string_view name) {
    if (name == "debug") return Level::kDebug;
    if (name == "warn") return Level::kWarn;
    return name == "error" ? Level::kError : Level::kInfo;
}

void Write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    Write(level, event, std::span<const Field>(fields.begin(), fields.size()));
}

void Write(Level level, std::string_view event, std::span<const Field> fields) {
    if (!Logger()->should_log(LevelOf(level))) return;
    std::string line = "\"level\":\"";
    line.append(NameOf(level)).append("\",\"event\":");
    AppendText(line, event);
    for (const Field& field : fields) {
        line.append(",\"").append(field.name).append("\":");
        if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
            line += std::to_string(*number);
        } else {
            AppendText(line, std::get<std::string_view>(field.value));
        }
    }
    Logger()->log(LevelOf(level), "{}", line);
}

}  // namespace livery::log
