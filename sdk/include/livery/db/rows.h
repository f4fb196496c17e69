#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <livery/ids.h>
#include <livery/time/instant.h>

namespace livery::db {

class Rows;

// One row of a result; valid as long as its Rows. Columns count from 0. Reading a column as a kind
// that it is not, or NULL by a plain reader, throws BrokenInvariant naming the statement.
class Row {
 public:
    bool IsNull(std::size_t column) const;
    std::int64_t Int64(std::size_t column) const;
    int Int(std::size_t column) const;
    bool Bool(std::size_t column) const { return Int64(column) != 0; }
    std::string_view Text(std::size_t column) const;  // text or bytes
    Uuid Id(std::size_t column) const;                // BINARY(16)
    Instant Time(std::size_t column) const;           // DATETIME(6)
    livery::Date Date(std::size_t column) const;      // DATE
    std::optional<std::string> MaybeText(std::size_t column) const;
    std::optional<Instant> MaybeTime(std::size_t column) const;
    std::optional<livery::Date> MaybeDate(std::size_t column) const;
    template <class TypedId>
    TypedId As(std::size_t column) const {
        return TypedId(Id(column));
    }

 private:
    friend class Rows;
    Row(const Rows* rows, std::size_t index) : rows_(rows), index_(index) {}
    const Rows* rows_;
    std::size_t index_;
};

// A whole result, owned. Cells are flat; text lies in one arena.
class Rows {
 public:
    struct TextCell {
        std::size_t offset;
        std::size_t size;
    };
    using Cell = std::variant<std::monostate, std::int64_t, TextCell, Instant, livery::Date>;

    Rows(std::string_view statement, std::size_t columns)
        : statement_(statement), columns_(columns) {}
    std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
    bool empty() const { return cells_.empty(); }
    Row operator[](std::size_t index) const { return {this, index}; }
    Row Only() const;  // the one row; BrokenInvariant when there is none or more
    std::string_view statement() const { return statement_; }

    // For the door that fills it, row by row.
    void AddNull() { cells_.emplace_back(); }
    void AddInt(std::int64_t value) { cells_.emplace_back(value); }
    void AddText(std::string_view bytes);
    void AddTime(Instant value) { cells_.emplace_back(value); }
    void AddDate(livery::Date value) { cells_.emplace_back(value); }

    class Iterator {
     public:
        Iterator(const Rows* rows, std::size_t index) : rows_(rows), index_(index) {}
        Row operator*() const { return (*rows_)[index_]; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return index_ != other.index_; }

     private:
        const Rows* rows_;
        std::size_t index_;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

 private:
    friend class Row;
    const Cell& At(std::size_t row, std::size_t column) const;
    std::string_view statement_;
    std::size_t columns_;
    std::vector<Cell> cells_;
    std::string arena_;
};

}  // namespace livery::db
