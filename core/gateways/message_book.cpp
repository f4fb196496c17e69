#include "gateways/message_book.h"

#include <algorithm>

#include <fmt/format.h>

namespace livery::gateways {

using Json = nlohmann::json;

namespace {

constexpr const char* kOperations = "operations";

MessageBook::Operation OperationFrom(const Json& json) {
    return {json.at("request").get<std::string>(), json.at("result").get<std::string>(),
            json.at("needs").get<std::vector<std::string>>(), json.value("event", false),
            json.value("bounded", false)};
}

std::string ToText(const schema::Wrong& wrong) {
    return wrong.field.empty() ? wrong.detail : fmt::format("{}: {}", wrong.field, wrong.detail);
}

}  // namespace

const MessageBook& MessageBook::V1() {
    static const MessageBook book;
    return book;
}

MessageBook::MessageBook() {
    for (const auto& [name, text] : PublishedMessages()) {
        Json json = Json::parse(text);
        if (name == kOperations) {
            for (const auto& [id, operation] : json.items())
                if (operation.is_object()) operations_.emplace(id, OperationFrom(operation));
            continue;
        }
        checkers_.emplace(name, schema::Checker(json));
        schemas_.emplace(name, std::move(json));
    }
}

const MessageBook::Operation* MessageBook::Find(std::string_view id) const {
    const auto found = operations_.find(id);
    return found == operations_.end() ? nullptr : &found->second;
}

std::string MessageBook::Objection(const std::string& message, const Json& value) const {
    if (!value.is_object()) return "it is no JSON object";
    std::string text;
    for (const schema::Wrong& wrong : checkers_.at(message).Check(value))
        text += (text.empty() ? "" : "; ") + ToText(wrong);
    return text;
}

void MessageBook::ReadUnknownWords(const std::string& message, Json& value) const {
    if (!value.is_object()) return;
    for (const auto& [name, property] : schemas_.at(message).at("properties").items()) {
        if (!property.contains("x-words") || !value.contains(name)) continue;
        const Json& words = property.at("x-words");
        Json& word = value[name];
        if (word.is_string() && std::find(words.begin(), words.end(), word) == words.end())
            word = property.at("x-otherwise");
    }
}

}  // namespace livery::gateways
