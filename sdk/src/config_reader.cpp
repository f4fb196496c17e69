#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

#include <livery/config/reader.h>
#include <livery/config/value_type.h>

namespace livery::config {

namespace {

std::size_t EditDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& known) {
    const std::string nearest = Nearest(word, known);
    return nearest.empty() ? "" : fmt::format("; did you mean `{}`?", nearest);
}

// The nearest key; where none is near, all. To a short word any other is near.
std::string HintFor(std::string_view key, const std::vector<std::string>& keys) {
    constexpr std::size_t kShort = 4;
    const std::string nearest = key.size() < kShort ? "" : DidYouMean(key, keys);
    if (!nearest.empty() || keys.empty()) return nearest;
    return fmt::format("; it is one of {}", fmt::join(keys, ", "));
}

// What a file says reaches terminals and logs: no line breaks, no control characters.
std::string OnOneLine(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool control = byte < 0x20 || byte == 0x7F;
        line += control ? fmt::format("\\x{:02X}", byte) : std::string(1, c);
    }
    return line;
}

std::vector<std::string> KeysOf(const TypeDoc& doc) {
    std::vector<std::string> keys;
    for (const FieldDoc& field : doc.fields) keys.push_back(field.key);
    return keys;
}

}  // namespace

const Node* Node::Find(std::string_view key) const {
    for (const Entry& entry : entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

std::string Nearest(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = EditDistance(word, candidate);
        if (distance < least) least = distance, best = candidate;
    }
    return best;
}

std::string Problem::ToString() const {
    std::string text = file;
    if (at.line > 0) text += fmt::format(":{}:{}", at.line, at.column);
    return text + (key.empty() ? "" : ": " + OnOneLine(key)) + ": " + OnOneLine(message);
}

void Problems::Add(std::string file, Position at, std::string key, std::string message) {
    list_.push_back({std::move(file), at, std::move(key), std::move(message)});
}

std::string Problems::ToString() const {
    std::string text;
    for (const Problem& problem : list_) text += problem.ToString() + "\n";
    return text;
}

Reader Reader::Below(const std::string& key) const {
    Reader below = *this;
    below.path_ += (path_.empty() ? "" : ".") + key;
    return below;
}

Reader Reader::Item(std::size_t index) const {
    Reader below = *this;
    below.path_ += fmt::format("[{}]", index);
    return below;
}

void Reader::Report(Position at, std::string message) const {
    problems_->Add(file_, at, path_, std::move(message));
}

bool Reader::RequireMap(const Node& node) const {
    if (node.kind == Node::Kind::kMap || node.kind == Node::Kind::kNull) return true;
    Report(node.at, "expected a map of keys");
    return false;
}

bool Reader::RequireList(const Node& node) const {
    if (node.kind == Node::Kind::kList || node.kind == Node::Kind::kNull) return true;
    Report(node.at, "expected a list: write [a, b] or one `- item` per line");
    return false;
}

bool Reader::RequireScalar(const Node& node, std::string_view expected) const {
    if (node.kind == Node::Kind::kScalar) return true;
    Report(node.at, fmt::format("expected {}", expected));
    return false;
}

void Reader::CheckDuplicates(const Node& node) const {
    std::unordered_map<std::string_view, int> first_line;
    for (const Node::Entry& entry : node.entries) {
        const auto [first, fresh] = first_line.emplace(entry.key, entry.at.line);
        if (fresh) continue;
        Below(entry.key).Report(
            entry.at, fmt::format("duplicate key; it stands in line {} already", first->second));
    }
}

void Reader::CheckKeys(const Node& node, const TypeDoc& doc) const {
    CheckDuplicates(node);
    const std::vector<std::string> keys = KeysOf(doc);
    for (const Node::Entry& entry : node.entries) {
        if (std::find(keys.begin(), keys.end(), entry.key) == keys.end()) {
            Below(entry.key).Report(entry.at, "unknown key" + HintFor(entry.key, keys));
        }
    }
    for (const FieldDoc& field : doc.fields) {
        if (field.required && node.Find(field.key) == nullptr) {
            const std::string what = field.description.empty() ? "" : "; " + field.description;
            Below(field.key).Report(node.at, "missing" + what);
        }
    }
}

void ApplyRule(const Rule& rule, TypeDoc& doc) {
    TypeDoc* target = &doc;
    std::shared_ptr<TypeDoc> item;
    if (doc.kind == TypeDoc::Kind::kList || doc.kind == TypeDoc::Kind::kMap) {
        item = std::make_shared<TypeDoc>(*doc.item);
        target = item.get();
    }
    target->one_of = rule.one_of;
    target->minimum = rule.minimum;
    target->maximum = rule.maximum;
    target->pattern = rule.pattern;
    if (item) doc.item = item;
}

void ValueType<std::string>::Read(const Node& node, const Reader& reader, const Rule& rule,
                                  std::string& value) {
    if (!reader.RequireScalar(node, "text")) return;
    value = node.text;
    const auto& known = rule.one_of;
    if (!known.empty() && std::find(known.begin(), known.end(), value) == known.end()) {
        reader.Report(node.at, fmt::format("`{}` is not one of {}{}", value, fmt::join(known, ", "),
                                           DidYouMean(value, known)));
    } else if (rule.check) {
        if (auto wrong = rule.check(value)) reader.Report(node.at, std::move(*wrong));
    }
}

std::string ValueType<std::string>::Show(const std::string& value) {
    if (value.find_first_of("\"\\\n") != std::string::npos || value.empty()) return "";
    return '"' + value + '"';
}

void ValueType<std::int64_t>::Read(const Node& node, const Reader& reader, const Rule& rule,
                                   std::int64_t& value) {
    if (!reader.RequireScalar(node, "a whole number")) return;
    std::int64_t number = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, number);
    if (error != std::errc{} || stop != end) {
        return reader.Report(node.at, fmt::format("`{}` is not a whole number", node.text));
    }
    if (rule.minimum && number < *rule.minimum) {
        return reader.Report(node.at, fmt::format("{} is less than {}", number, *rule.minimum));
    }
    if (rule.maximum && number > *rule.maximum) {
        return reader.Report(node.at, fmt::format("{} is more than {}", number, *rule.maximum));
    }
    value = number;
}

void ValueType<int>::Read(const Node& node, const Reader& reader, const Rule& rule, int& value) {
    Rule bounded = rule;
    bounded.minimum = std::max<std::int64_t>(rule.minimum.value_or(INT32_MIN), INT32_MIN);
    bounded.maximum = std::min<std::int64_t>(rule.maximum.value_or(INT32_MAX), INT32_MAX);
    std::int64_t wide = value;
    ValueType<std::int64_t>::Read(node, reader, bounded, wide);
    value = static_cast<int>(wide);
}

void ValueType<bool>::Read(const Node& node, const Reader& reader, const Rule&, bool& value) {
    if (!reader.RequireScalar(node, "true or false")) return;
    if (node.text == "true" || node.text == "false") {
        value = node.text == "true";
    } else {
        reader.Report(node.at, fmt::format("`{}` is not true or false", node.text));
    }
}

}  // namespace livery::config
