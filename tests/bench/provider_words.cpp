#include "provider_words.h"

#include <algorithm>

namespace livery::bench {

using Json = nlohmann::json;

Json QuestionOf(std::string_view operation, const std::string& reference, std::int64_t minor) {
    const Json amount{{"minor", minor}, {"currency", "EUR"}};
    if (operation == kLookup)
        return {{"provider_id", "pay_" + reference}, {"reference", reference}};
    Json question{{"idempotency_key", "key-of-the-bench-" + reference},
                  {"reference", reference},
                  {"amount", amount}};
    if (operation == kRefund) {
        question["provider_id"] = "pay_" + reference;
        return question;
    }
    question.update({{"capture", "automatic"},
                     {"initiator", "customer"},
                     {"method", {{"token", "tok_ok"}}},
                     {"locale", "de"}});
    return question;
}

Json TheirWords(const Json& question) {
    constexpr std::int64_t kOfALookup = 1'234;
    const bool named = question.contains("amount");
    return {{"reference", question["reference"]},
            {"amount", named ? question["amount"]["minor"].get<std::int64_t>() : kOfALookup},
            {"currency", "EUR"}};
}

Json TheirAnswer(const std::string& path, const Json& words) {
    const std::string reference = words["reference"];
    if (path.find("/refunds") != std::string::npos)
        return {{"id", "ref_" + reference},
                {"reference", reference},
                {"state", "done"},
                {"amount", words["amount"]},
                {"currency", words["currency"]}};
    return {{"id", "pay_" + reference},     {"reference", reference},      {"state", "paid"},
            {"amount", words["amount"]},    {"captured", words["amount"]}, {"refunded", 0},
            {"currency", words["currency"]}};
}

bool IsAnswerTo(std::string_view operation, const Json& question, const Json& answer) {
    const bool refund = operation == kRefund;
    const std::string id = (refund ? "ref_" : "pay_") + question["reference"].get<std::string>();
    return answer.value("state", "") == (refund ? "succeeded" : "captured") &&
           answer.value("provider_id", "") == id &&
           answer["amount"]["minor"] == TheirWords(question)["amount"];
}

Json Latencies(std::vector<std::chrono::steady_clock::duration> all) {
    if (all.empty()) return Json::object();
    std::sort(all.begin(), all.end());
    const auto at = [&](double share) {
        const auto place = static_cast<std::size_t>(share * static_cast<double>(all.size() - 1));
        return std::chrono::duration<double, std::micro>(all[place]).count();
    };
    return {{"p50_us", at(0.5)}, {"p99_us", at(0.99)}, {"most_us", at(1)}};
}

}  // namespace livery::bench
