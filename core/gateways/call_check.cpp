#include "gateways/call_check.h"

#include <algorithm>

#include <fmt/format.h>

namespace livery::gateways {

using Json = nlohmann::json;

namespace {

std::string PromiseObjection(const GatewayManifest& manifest, std::string_view id,
                             const MessageBook::Operation& operation) {
    for (const std::string& word : operation.needs) {
        if (!manifest.can.contains(word))
            return fmt::format("{} does not promise `{}`, which {} needs", manifest.id, word, id);
    }
    if (operation.event && !manifest.webhook)
        return fmt::format("{} declares no webhook", manifest.id);
    return "";
}

// The message fits its schema: an amount has its members.
std::string AmountObjection(const GatewayManifest& manifest, bool bounded, const Json& message) {
    const auto amount = message.find("amount");
    if (amount == message.end()) return "";
    const auto currency = amount->at("currency").get<std::string>();
    const auto& known = manifest.currencies;
    if (std::find(known.begin(), known.end(), currency) == known.end())
        return fmt::format("{} does not take {}", manifest.id, currency);
    const auto bounds = manifest.amounts.find(currency);
    if (!bounded || bounds == manifest.amounts.end()) return "";
    const auto minor = amount->at("minor").get<std::int64_t>();
    if (minor >= bounds->second.least && minor <= bounds->second.most) return "";
    return fmt::format("{} takes {} to {} of the smallest unit of {}", manifest.id,
                       bounds->second.least, bounds->second.most, currency);
}

}  // namespace

std::string CallObjection(const GatewayManifest& manifest, std::string_view operation,
                          const Json& message) {
    const MessageBook& book = MessageBook::V1();
    const MessageBook::Operation* found = book.Find(operation);
    if (found == nullptr) return fmt::format("there is no operation {}", operation);
    if (std::string wrong = PromiseObjection(manifest, operation, *found); !wrong.empty())
        return wrong;
    if (const std::string wrong = book.Objection(found->request, message); !wrong.empty())
        return fmt::format("the message is not as {} has it: {}", operation, wrong);
    return AmountObjection(manifest, found->bounded, message);
}

}  // namespace livery::gateways
