#include "value.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/config/problems.h>
#include <livery/money/rounding.h>

namespace livery::golden {

using config::Node;

namespace {

std::optional<Ratio> FractionOf(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const auto num = Decimal::Parse(text.substr(0, slash));
    const auto den = Decimal::Parse(text.substr(slash + 1));
    if (!num || !den || num->decimals() > 0 || den->decimals() > 0 || den->unscaled() <= 0)
        return std::nullopt;
    return Ratio{num->unscaled(), den->unscaled()};
}

bool AgreeAsTexts(const std::string& expected, const std::string& actual) {
    if (expected == actual) return true;
    const auto number = Decimal::Parse(expected);
    if (const auto fraction = FractionOf(actual)) {
        if (const auto other = FractionOf(expected)) return *fraction == *other;
        const auto point = expected.find('.');
        const int decimals =
            point == std::string::npos ? 0 : static_cast<int>(expected.size() - point - 1);
        return number && fraction->ToDecimal(decimals) == expected;
    }
    const auto other = Decimal::Parse(actual);
    return number && other && *number == *other;
}

}  // namespace

Value& Value::Put(std::string key, Value value) {
    entries.emplace_back(std::move(key), std::move(value));
    return *this;
}

const Value* Value::Find(const std::string& key) const {
    for (const auto& [name, value] : entries) {
        if (name == key) return &value;
    }
    return nullptr;
}

std::string Value::Show() const {
    if (kind == Kind::kText) return text.empty() ? "\"\"" : text;
    std::vector<std::string> parts;
    for (const Value& item : items) parts.push_back(item.Show());
    for (const auto& [key, value] : entries) {
        // Nothing is said by what is empty.
        if (value.kind == Kind::kText && value.text.empty()) continue;
        parts.push_back(key + ": " + value.Show());
    }
    const std::string inside = fmt::format("{}", fmt::join(parts, ", "));
    return kind == Kind::kList ? "[" + inside + "]" : "{" + inside + "}";
}

std::string Show(const Node& node) {
    if (node.kind == Node::Kind::kNull) return "none";
    if (node.kind == Node::Kind::kScalar) return node.text.empty() ? "\"\"" : node.text;
    std::vector<std::string> parts;
    for (const Node& item : node.items) parts.push_back(Show(item));
    for (const Node::Entry& entry : node.entries)
        parts.push_back(entry.key + ": " + Show(entry.value));
    const std::string inside = fmt::format("{}", fmt::join(parts, ", "));
    return node.kind == Node::Kind::kList ? "[" + inside + "]" : "{" + inside + "}";
}

void Comparison::Add(const Node& expected, const Value& actual, const std::string& path) {
    mismatches_.push_back({expected.at, path, golden::Show(expected), actual.Show()});
}

void Comparison::Compare(const Node& expected, const Value& actual, const std::string& path) {
    if (actual.kind == Value::Kind::kMap && actual.only && expected.kind == Node::Kind::kScalar &&
        actual.entries.size() <= 1) {
        const Value only =
            actual.entries.empty() ? Value::Text("0") : actual.entries.front().second;
        Node amount = expected;
        if (amount.text == "none") amount.text = "0";
        return Compare(amount, only, path);
    }
    const bool nothing = expected.kind == Node::Kind::kNull ||
                         (expected.kind == Node::Kind::kScalar && expected.text == "none");
    switch (actual.kind) {
        case Value::Kind::kText:
            if (nothing ? !actual.text.empty()
                        : expected.kind != Node::Kind::kScalar ||
                              !AgreeAsTexts(expected.text, actual.text))
                Add(expected, actual, path);
            return;
        case Value::Kind::kList:
            if (nothing && actual.items.empty()) return;
            if (expected.kind != Node::Kind::kList ||
                expected.items.size() != actual.items.size()) {
                return Add(expected, actual, path);
            }
            return CompareLists(expected, actual, path);
        case Value::Kind::kMap:
            if (nothing && actual.entries.empty()) return;
            // Of an empty map every expected key is missing, not unknown.
            if (expected.kind != Node::Kind::kMap || actual.entries.empty())
                return Add(expected, actual, path);
            return CompareMaps(expected, actual, path);
    }
}

void Comparison::CompareMaps(const Node& expected, const Value& actual, const std::string& path) {
    for (const Node::Entry& entry : expected.entries) {
        if (entry.key == "as") continue;  // gives a name; see README.md
        const Value* found = actual.Find(entry.key);
        if (found == nullptr) {
            std::vector<std::string> known;
            for (const auto& [key, value] : actual.entries) known.push_back(key);
            const std::string nearest = config::Nearest(entry.key, known);
            throw ScenarioError{
                entry.at, fmt::format("`{}` has no `{}`{}; it has {}", path, entry.key,
                                      nearest.empty() ? "" : " (did you mean `" + nearest + "`?)",
                                      fmt::join(known, ", "))};
        }
        Compare(entry.value, *found, path + "." + entry.key);
    }
}

void Comparison::CompareLists(const Node& expected, const Value& actual, const std::string& path) {
    std::vector<bool> taken(actual.items.size(), false);
    for (std::size_t i = 0; i < expected.items.size(); ++i) {
        const std::string here = fmt::format("{}[{}]", path, i + 1);
        std::size_t match = actual.items.size();
        for (std::size_t j = 0; !actual.ordered && j < actual.items.size(); ++j) {
            if (taken[j]) continue;
            Comparison attempt;
            attempt.Compare(expected.items[i], actual.items[j], here);
            if (attempt.mismatches().empty()) {
                match = j;
                break;
            }
        }
        if (match < actual.items.size()) {
            taken[match] = true;
        } else if (actual.ordered) {
            Compare(expected.items[i], actual.items[i], here);
        } else {
            Add(expected.items[i], actual, here);
        }
    }
}

}  // namespace livery::golden
