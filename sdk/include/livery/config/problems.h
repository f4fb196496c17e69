#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/config/node.h>

namespace livery::config {

// One thing that is wrong with a file. Prints as `file:line:column: key: message`, on one line
// whatever the file holds.
struct Problem {
    std::string file;
    Position at;
    std::string key;  // dotted path: `brand.color.primary`, `hosts[1]`
    std::string message;
    std::string ToString() const;
};

// Collects problems, so that all of them are reported at once instead of the first.
class Problems {
 public:
    void Add(std::string file, Position at, std::string key, std::string message);
    void Add(Problem problem) { list_.push_back(std::move(problem)); }
    bool empty() const { return list_.empty(); }
    const std::vector<Problem>& list() const { return list_; }
    std::string ToString() const;  // one per line

 private:
    std::vector<Problem> list_;
};

// The known word nearest to `word` when it is near enough to be a typing mistake, else "".
std::string Nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace livery::config
