#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <livery/config/node.h>

namespace livery::golden {

// What really stands in the world, as a tree to be compared with what a scenario expects: texts,
// lists and maps with their keys in order.
struct Value {
    enum class Kind { kText, kList, kMap };
    Kind kind = Kind::kText;
    std::string text;
    std::string also;  // another way to write it; "" = none
    std::vector<Value> items;
    std::vector<std::pair<std::string, Value>> entries;
    // Of a list: whether the order says something. If not, each expected item may agree with any.
    // Of a map: whether a single text may stand for its only value (a balance in the only
    // currency).
    bool ordered = true;
    bool only = false;

    static Value Text(std::string words, std::string otherwise = "") {
        return {.text = std::move(words), .also = std::move(otherwise)};
    }
    static Value List(bool in_order = true) { return {.kind = Kind::kList, .ordered = in_order}; }
    static Value Map() { return {.kind = Kind::kMap}; }
    Value& Put(std::string key, Value value);
    Value& Put(std::string key, std::string words) {
        return Put(std::move(key), Text(std::move(words)));
    }
    const Value* Find(const std::string& key) const;
    std::string Show() const;  // on one line
    // The same, of the keys that are named and of those that tell the thing from others.
    std::string ShowOnly(const std::set<std::string>& keys) const;
};

struct Mismatch {
    config::Position at;
    std::string path;
    std::string expected;
    std::string actual;
};

// Compares what is expected with what stands: every expected key must be there and agree; what the
// scenario does not name is not looked at. Lists have the same length. Numbers agree as numbers,
// shares as fractions. A key that the world does not know is a mistake of the scenario: thrown as
// ScenarioError.
class Comparison {
 public:
    void Compare(const config::Node& expected, const Value& actual, const std::string& path);
    const std::vector<Mismatch>& mismatches() const { return mismatches_; }

    // Which item of a list in no order each expected item means, of lists that are equally long: as
    // many as can agree do, and the others are near.
    static std::vector<std::size_t> MatchItems(const std::vector<const config::Node*>& expected,
                                               const Value& actual, const std::string& path);
    // A list of one may be written as its item.
    static std::vector<const config::Node*> ItemsOf(const config::Node& list);

 private:
    static std::size_t CountMismatches(const config::Node& expected, const Value& actual,
                                       const std::string& path);
    void CompareLists(const config::Node& expected, const Value& actual, const std::string& path);
    void CompareMaps(const config::Node& expected, const Value& actual, const std::string& path);
    void Add(const config::Node& expected, const Value& actual, const std::string& path);
    std::vector<Mismatch> mismatches_;
};

// Something is wrong with the scenario itself.
struct ScenarioError {
    config::Position at;
    std::string message;
};

std::string Show(const config::Node& node);

}  // namespace livery::golden
