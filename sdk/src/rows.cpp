#include <fmt/format.h>

#include <livery/check.h>
#include <livery/db/rows.h>

namespace livery::db {

namespace {

template <class T>
const T& Require(const Rows& rows, const Rows::Cell& cell, std::size_t column, const char* kind) {
    const T* value = std::get_if<T>(&cell);
    LIVERY_CHECK(value != nullptr,
                 fmt::format("{}: column {} is not {}", rows.statement(), column, kind));
    return *value;
}

}  // namespace

const Rows::Cell& Rows::At(std::size_t row, std::size_t column) const {
    LIVERY_CHECK(column < columns_ && row < size(),
                 fmt::format("{}: no cell {},{}", statement_, row, column));
    return cells_[row * columns_ + column];
}

Row Rows::Only() const {
    LIVERY_CHECK(size() == 1,
                 fmt::format("{}: {} rows where one was expected", statement_, size()));
    return (*this)[0];
}

void Rows::AddText(std::string_view bytes) {
    cells_.emplace_back(TextCell{arena_.size(), bytes.size()});
    arena_.append(bytes);
}

bool Row::IsNull(std::size_t column) const {
    return std::holds_alternative<std::monostate>(rows_->At(index_, column));
}

std::int64_t Row::Int64(std::size_t column) const {
    return Require<std::int64_t>(*rows_, rows_->At(index_, column), column, "a whole number");
}

int Row::Int(std::size_t column) const {
    const std::int64_t value = Int64(column);
    LIVERY_CHECK(value >= INT32_MIN && value <= INT32_MAX, "number past 32 bits");
    return static_cast<int>(value);
}

std::string_view Row::Text(std::size_t column) const {
    const auto& cell = Require<Rows::TextCell>(*rows_, rows_->At(index_, column), column, "text");
    return std::string_view(rows_->arena_).substr(cell.offset, cell.size);
}

Uuid Row::Id(std::size_t column) const { return Uuid::FromBinary(Text(column)); }

Instant Row::Time(std::size_t column) const {
    return Require<Instant>(*rows_, rows_->At(index_, column), column, "a time");
}

livery::Date Row::Date(std::size_t column) const {
    return Require<livery::Date>(*rows_, rows_->At(index_, column), column, "a date");
}

std::optional<std::string> Row::MaybeText(std::size_t column) const {
    if (IsNull(column)) return std::nullopt;
    return std::string(Text(column));
}

std::optional<Instant> Row::MaybeTime(std::size_t column) const {
    if (IsNull(column)) return std::nullopt;
    return Time(column);
}

std::optional<livery::Date> Row::MaybeDate(std::size_t column) const {
    if (IsNull(column)) return std::nullopt;
    return Date(column);
}

}  // namespace livery::db
