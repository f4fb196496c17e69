#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include <livery/db/param.h>

namespace livery::db {

// Rows of parameters for one statement, to be sent together. Owns its texts, so that rows may be
// made from what is gone when they are sent. Every row has the same number of values, and a column
// one kind of value or NULL. Thread: one.
class Batch {
 public:
    void Add(Params row) { Add(std::span<const Param>(row.begin(), row.size())); }
    void Add(std::span<const Param> row) {
        for (const Param& param : row) {
            Param::Value value = param.value();
            if (const auto* text = std::get_if<std::string_view>(&value))
                value = std::string_view(texts_.emplace_back(*text));
            values_.push_back(value);
        }
        ++rows_;
    }
    std::size_t rows() const { return rows_; }
    std::size_t columns() const { return rows_ == 0 ? 0 : values_.size() / rows_; }
    bool empty() const { return rows_ == 0; }
    const Param::Value& At(std::size_t row, std::size_t column) const {
        return values_[row * columns() + column];
    }
    void Clear() {
        texts_.clear();
        values_.clear();
        rows_ = 0;
    }

 private:
    std::deque<std::string> texts_;  // does not move what it holds
    std::vector<Param::Value> values_;
    std::size_t rows_ = 0;
};

}  // namespace livery::db
