#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace livery::config {

// Where something stands in a file; both count from 1, 0 means unknown.
struct Position {
    int line = 0;
    int column = 0;
};

// A configuration file as it was written, before anybody gave it a meaning: keys in order,
// duplicates kept, every node with its place. The YAML library stays behind core/config.
struct Node {
    enum class Kind { kNull, kScalar, kList, kMap };
    struct Entry;

    Kind kind = Kind::kNull;
    Position at;
    std::string text;  // of a scalar
    std::vector<Node> items;
    std::vector<Entry> entries;

    const Node* Find(std::string_view key) const;  // the first of that name
};

struct Node::Entry {
    std::string key;
    Position at;
    Node value;
};

}  // namespace livery::config
