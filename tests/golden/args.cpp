#include "args.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/money/rounding.h>

namespace livery::golden {

using config::Node;
using config::TypeDoc;

const Node& Args::Get(const std::string& key) const {
    const Node* found = node_.Find(key);
    if (found == nullptr) throw ScenarioError{node_.at, fmt::format("`{}` is missing", key)};
    return *found;
}

void Args::Fail(const std::string& key, const std::string& message) const {
    const Node* found = node_.Find(key);
    throw ScenarioError{found == nullptr ? node_.at : found->at, key + ": " + message};
}

std::string Args::Text(const std::string& key, const std::string& otherwise) const {
    return Has(key) ? Get(key).text : otherwise;
}

Decimal Args::Number(const std::string& key, const Decimal& otherwise) const {
    if (!Has(key)) return otherwise;
    const auto number = Decimal::Parse(Get(key).text);
    if (!number) Fail(key, fmt::format("`{}` is no number", Get(key).text));
    return *number;
}

std::int64_t Args::Whole(const std::string& key, std::int64_t otherwise) const {
    const Decimal number = Number(key, Decimal(otherwise));
    if (number.decimals() > 0) Fail(key, "write a whole number");
    return number.unscaled();
}

std::optional<CivilTime> ReadTime(std::string text) {
    constexpr std::size_t kDay = 10;      // 2026-03-31
    constexpr std::size_t kMinutes = 16;  // 2026-03-31T12:00
    if (text.size() > kDay && text[kDay] == ' ') text[kDay] = 'T';
    if (text.size() == kMinutes) text += ":00";
    return ParseCivilTime(text);
}

CivilTime Args::Time(const std::string& key) const {
    const auto time = ReadTime(Get(key).text);
    if (!time) Fail(key, "write a day (2026-03-31) or a moment (2026-03-31T12:00:00)");
    return *time;
}

Money Args::Amount(const std::string& key, Currency currency) const {
    const auto amount = ParseMoney(Get(key).text, currency);
    if (!amount) Fail(key, fmt::format("`{}` is no amount of {}", Get(key).text, currency.code()));
    return *amount;
}

std::optional<Money> Args::MaybeAmount(const std::string& key, Currency currency) const {
    if (!Has(key)) return std::nullopt;
    return Amount(key, currency);
}

bool Args::Flag(const std::string& key, bool otherwise) const {
    if (!Has(key)) return otherwise;
    const std::string& text = Get(key).text;
    if (text != "true" && text != "false") Fail(key, "write true or false");
    return text == "true";
}

Currency Args::CurrencyOr(Currency otherwise) const {
    if (!Has("currency")) return otherwise;
    const auto currency = Currency::Parse(Text("currency"));
    if (!currency) Fail("currency", "no ISO 4217 currency");
    return *currency;
}

billing::Place Args::Place() const { return {Text("country"), Text("region"), Text("postcode")}; }

const std::vector<Node>& Args::List(const std::string& key) const {
    const Node& list = Get(key);
    if (list.kind != Node::Kind::kList)
        throw ScenarioError{list.at, fmt::format("`{}` is a list: […]", key)};
    return list.items;
}

TypeDoc Words(std::initializer_list<const char*> required,
              std::initializer_list<const char*> optional) {
    TypeDoc doc{.kind = TypeDoc::Kind::kObject};
    for (const char* key : required) doc.fields.push_back({.key = key, .required = true});
    for (const char* key : optional) doc.fields.push_back({.key = key});
    return doc;
}

void CheckWords(const Node& node, const TypeDoc& words, const char* what) {
    if (node.kind != Node::Kind::kMap)
        throw ScenarioError{node.at, fmt::format("{} is a map: {{…: …}}", what)};
    for (const Node::Entry& entry : node.entries) {
        const bool known =
            std::any_of(words.fields.begin(), words.fields.end(),
                        [&](const config::FieldDoc& field) { return field.key == entry.key; });
        if (!known) throw ScenarioError{entry.at, fmt::format("{} has no `{}`", what, entry.key)};
    }
    for (const config::FieldDoc& field : words.fields) {
        if (field.required && node.Find(field.key) == nullptr)
            throw ScenarioError{node.at, fmt::format("{} needs `{}`", what, field.key)};
    }
}

}  // namespace livery::golden
