#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <livery/json.h>

namespace livery::bench {

// What is asked of the sandbox's gateway, what Pelican Pay says to it, and whether the answer is
// the one that was asked for.
constexpr std::string_view kStart = "payment.start/1";
constexpr std::string_view kLookup = "payment.lookup/1";
constexpr std::string_view kRefund = "refund.create/1";

nlohmann::json QuestionOf(std::string_view operation, const std::string& reference,
                          std::int64_t minor);
// The members of a request of theirs that is about this question. Of a lookup, whose question names
// no amount, it is 1234.
nlohmann::json TheirWords(const nlohmann::json& question);
// To a request to this path.
nlohmann::json TheirAnswer(const std::string& path, const nlohmann::json& words);
bool IsAnswerTo(std::string_view operation, const nlohmann::json& question,
                const nlohmann::json& answer);

// Median, 99th of a hundred and longest, in microseconds.
nlohmann::json Latencies(std::vector<std::chrono::steady_clock::duration> all);

}  // namespace livery::bench
