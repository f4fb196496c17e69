#include "value.h"

#include <algorithm>
#include <functional>

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

// All keys that are written in what is expected, however deep.
void AddKeysOf(const Node& node, std::set<std::string>& keys) {
    for (const Node& item : node.items) AddKeysOf(item, keys);
    for (const Node::Entry& entry : node.entries) {
        keys.insert(entry.key);
        AddKeysOf(entry.value, keys);
    }
}

bool AreOpposite(const Node& expected, const Value& actual) {
    const auto wanted = Decimal::Parse(expected.text);
    if (!wanted || wanted->unscaled() == 0) return false;
    const bool negative = expected.text.starts_with('-');
    return AgreeAsTexts(negative ? expected.text.substr(1) : "-" + expected.text, actual.text);
}

// Gives every expected item that can have one an actual item of its own, by alternating paths.
class Pairing {
 public:
    Pairing(std::size_t size, std::function<bool(std::size_t, std::size_t)> agree)
        : agree_(std::move(agree)), size_(size), taken_by_(size, size) {}
    std::vector<std::size_t> Run() {
        for (std::size_t i = 0; i < size_; ++i) {
            std::vector<bool> tried(size_, false);
            (void)Place(i, tried);
        }
        return taken_by_;
    }

 private:
    bool Place(std::size_t i, std::vector<bool>& tried) {
        for (std::size_t k = 0; k < size_; ++k) {
            const std::size_t j = (i + k) % size_;  // its own place first
            if (tried[j] || !agree_(i, j)) continue;
            tried[j] = true;
            if (taken_by_[j] != size_ && !Place(taken_by_[j], tried)) continue;
            taken_by_[j] = i;
            return true;
        }
        return false;
    }

    std::function<bool(std::size_t, std::size_t)> agree_;
    std::size_t size_;
    std::vector<std::size_t> taken_by_;  // size_ = nobody
};

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

std::string Value::ShowOnly(const std::set<std::string>& keys) const {
    if (kind == Kind::kText) return Show();
    Value shown{.kind = kind};
    for (const Value& item : items) shown.items.push_back(Text(item.ShowOnly(keys)));
    for (const auto& [key, value] : entries) {
        if (keys.contains(key)) shown.Put(key, value.ShowOnly(keys));
    }
    return shown.Show();
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
    std::set<std::string> keys{"kind", "number", "total", "plan", "amount", "lines"};
    const bool asks = !expected.items.empty() || !expected.entries.empty();
    if (asks) keys.erase("lines");
    AddKeysOf(expected, keys);
    const bool told = actual.kind == Value::Kind::kList;
    std::string shown = told ? actual.ShowOnly(keys) : actual.Show();
    if (AreOpposite(expected, actual)) shown += "   (the sign is another: README.md, 6)";
    mismatches_.push_back({expected.at, path, golden::Show(expected), std::move(shown)});
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
                              !(AgreeAsTexts(expected.text, actual.text) ||
                                (!actual.also.empty() && expected.text == actual.also)))
                Add(expected, actual, path);
            return;
        case Value::Kind::kList:
            if (nothing && actual.items.empty()) return;
            if (expected.kind == Node::Kind::kScalar ||
                ItemsOf(expected).size() != actual.items.size())
                return Add(expected, actual, path);
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

std::vector<const Node*> Comparison::ItemsOf(const Node& list) {
    std::vector<const Node*> items;
    if (list.kind == Node::Kind::kMap) items.push_back(&list);
    for (const Node& item : list.items) items.push_back(&item);
    return items;
}

std::size_t Comparison::CountMismatches(const Node& expected, const Value& actual,
                                        const std::string& path) {
    Comparison attempt;
    attempt.Compare(expected, actual, path);
    return attempt.mismatches().size();
}

std::vector<std::size_t> Comparison::MatchItems(const std::vector<const Node*>& expected,
                                                const Value& actual, const std::string& path) {
    const std::size_t size = actual.items.size();
    const auto agree = [&](std::size_t i, std::size_t j) {
        return CountMismatches(*expected[i], actual.items[j], fmt::format("{}[{}]", path, i + 1)) ==
               0;
    };
    std::vector<std::size_t> taken_by = Pairing(size, agree).Run();
    std::vector<std::size_t> match(size, size);
    for (std::size_t j = 0; j < size; ++j) {
        if (taken_by[j] != size) match[taken_by[j]] = j;
    }
    for (std::size_t i = 0; i < size; ++i) {
        if (match[i] != size) continue;
        std::size_t least = 0;
        for (std::size_t j = 0; j < size; ++j) {
            if (taken_by[j] != size) continue;
            const std::size_t count = CountMismatches(*expected[i], actual.items[j], path);
            if (match[i] == size || count < least) match[i] = j, least = count;
        }
        taken_by[match[i]] = i;
    }
    return match;
}

void Comparison::CompareLists(const Node& expected, const Value& actual, const std::string& path) {
    const std::vector<const Node*> items = ItemsOf(expected);
    std::vector<std::size_t> match;
    if (!actual.ordered) match = MatchItems(items, actual, path);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::size_t j = actual.ordered ? i : match[i];
        Compare(*items[i], actual.items[j], fmt::format("{}[{}]", path, i + 1));
    }
}

}  // namespace livery::golden
