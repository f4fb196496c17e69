#include "gateways/call_check.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include <livery/card_number.h>

#include "http/origin.h"

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

// What people typed, or what follows from it, by the rule of the door, through which it came: with
// a wider one a customer could never pay whose order has a long number. Ids that a provider made up
// may well look like a card's.
constexpr std::array<std::string_view, 7> kTyped{"reference", "descriptor", "locale", "metadata",
                                                 "email",     "name",       "browser"};

// NOLINTNEXTLINE(misc-no-recursion): a message is a tree
std::string CardNumberIn(const Json& value, const std::string& path) {
    if (value.is_string()) {
        return HoldsCardNumber(value.get_ref<const std::string&>()) ? path : "";
    }
    if (!value.is_object()) return "";
    for (const auto& [key, member] : value.items()) {
        std::string found = CardNumberIn(member, path + "." + key);
        if (!found.empty()) return found;
    }
    return "";
}

// Cards are typed at the provider's: a number of one that came here must go no further.
std::string CardNumberObjection(const Json& message) {
    for (const std::string_view key : kTyped) {
        const auto found = message.find(key);
        if (found == message.end()) continue;
        const std::string where = CardNumberIn(*found, std::string(key));
        if (!where.empty())
            return fmt::format("`{}` of the message holds what may be a card number", where);
    }
    return "";
}

std::string PageObjection(std::string_view url) {
    for (const std::string_view start : {"https://", "http://127.0.0.1:", "http://localhost:"}) {
        if (!url.starts_with(start)) continue;
        const auto host = url.substr(url.find("//") + 2);
        return http::OriginOf(url).empty() ? fmt::format("no plain host is in `{}`",
                                                         host.substr(0, host.find_first_of("/?#")))
                                           : "";
    }
    return "the customer is sent to an address that is not https";
}

// Forms of banks have a handful of fields; the longest, a request that the bank signed, has 10 kB.
constexpr std::size_t kMostPosted = std::size_t{64} * 1024;

std::string FieldsObjection(const Json& action) {
    // Before there was a method, fields alone meant a form.
    const bool posts = action.value("method", action.contains("fields") ? "POST" : "GET") == "POST";
    if (posts != action.contains("fields"))
        return posts ? "the customer's form has no fields" : "fields are sent by POST only";
    if (!posts) return "";
    std::size_t size = 0;
    for (const auto& [name, value] : action.at("fields").items())
        size += name.size() + value.get_ref<const std::string&>().size();
    if (size <= kMostPosted) return "";
    return fmt::format("the customer's form has {} bytes, more than {}", size, kMostPosted);
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
    if (std::string wrong = CardNumberObjection(message); !wrong.empty()) return wrong;
    return AmountObjection(manifest, found->bounded, message);
}

std::string ActionObjection(const Json& result) {
    const auto action = result.find("action");
    if (action == result.end() || !action->is_object() || !action->contains("url")) return "";
    const std::string wrong = PageObjection(action->at("url").get<std::string>());
    return wrong.empty() ? FieldsObjection(*action) : wrong;
}

}  // namespace livery::gateways
