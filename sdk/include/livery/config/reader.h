#pragma once

#include <string>

#include <livery/config/node.h>
#include <livery/config/problems.h>
#include <livery/config/type_doc.h>

namespace livery::config {

// Where a reading stands (file and dotted path) and where its problems go. Cheap to copy down the
// tree; borrows the Problems.
class Reader {
 public:
    Reader(std::string file, Problems& problems) : file_(std::move(file)), problems_(&problems) {}
    Reader Below(const std::string& key) const;
    Reader Item(std::size_t index) const;

    void Report(Position at, std::string message) const;
    // False and a problem when the node is of another kind. An empty value is an empty map/list.
    bool RequireMap(const Node& node) const;
    bool RequireList(const Node& node) const;
    bool RequireScalar(const Node& node, std::string_view expected) const;
    void CheckKeys(const Node& node, const TypeDoc& doc) const;  // unknown, duplicate, missing
    void CheckDuplicates(const Node& node) const;

    const std::string& file() const { return file_; }
    const std::string& path() const { return path_; }
    Problems& problems() const { return *problems_; }

 private:
    std::string file_;
    std::string path_;
    Problems* problems_;
};

void ApplyRule(const Rule& rule, TypeDoc& doc);

}  // namespace livery::config
