#include "db/bound_batch.h"

#include <cstring>

#include <livery/check.h>

namespace livery::db {

MYSQL_TIME ToMysql(Instant instant) {
    const Date date = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day ymd(date);
    const std::chrono::hh_mm_ss time(instant - date);
    MYSQL_TIME out{};
    out.year = static_cast<unsigned>(static_cast<int>(ymd.year()));
    out.month = static_cast<unsigned>(ymd.month());
    out.day = static_cast<unsigned>(ymd.day());
    out.hour = static_cast<unsigned>(time.hours().count());
    out.minute = static_cast<unsigned>(time.minutes().count());
    out.second = static_cast<unsigned>(time.seconds().count());
    out.second_part = static_cast<unsigned long>(time.subseconds().count());
    return out;
}

BoundBatch::BoundBatch(const PreparedText& text, std::string_view tenant, const Batch& batch,
                       Range range)
    : range_(range), columns_(text.tenant_at.size()), binds_(text.tenant_at.size()) {
    std::size_t place = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Column& column = columns_[i];
        if (text.tenant_at[i]) {
            FillTenant(column, tenant);
        } else {
            LIVERY_CHECK(place < batch.columns(), "a batch with too few columns");
            Fill(column, batch, place++);
        }
        MYSQL_BIND& bind = binds_[i];
        std::memset(&bind, 0, sizeof(bind));
        bind.buffer_type = column.type;
        bind.u.indicator = column.indicators.data();
        if (column.type == MYSQL_TYPE_LONGLONG) {
            bind.buffer = column.integers.data();
        } else {
            bind.buffer = column.pointers.data();
            bind.length = column.lengths.data();
        }
    }
    LIVERY_CHECK(place == batch.columns(), "a batch with too many columns");
}

void BoundBatch::FillTenant(Column& column, std::string_view tenant) const {
    column.pointers.assign(range_.count, tenant.data());
    column.lengths.assign(range_.count, tenant.size());
    column.indicators.assign(range_.count, STMT_INDICATOR_NONE);
}

enum_field_types BoundBatch::TypeOf(const Param::Value& value) {
    if (std::holds_alternative<std::int64_t>(value)) return MYSQL_TYPE_LONGLONG;
    if (std::holds_alternative<Uuid>(value)) return MYSQL_TYPE_BLOB;
    if (std::holds_alternative<Instant>(value)) return MYSQL_TYPE_DATETIME;
    if (std::holds_alternative<Date>(value)) return MYSQL_TYPE_DATE;
    return MYSQL_TYPE_STRING;
}

void BoundBatch::Fill(Column& column, const Batch& batch, std::size_t place) const {
    column.integers.resize(range_.count);
    column.times.resize(range_.count);
    column.pointers.resize(range_.count, "");
    column.lengths.resize(range_.count, 0);
    column.indicators.assign(range_.count, STMT_INDICATOR_NONE);
    bool typed = false;
    for (std::size_t i = 0; i < range_.count; ++i) {
        const Param::Value& value = batch.At(range_.first + i, place);
        if (std::holds_alternative<std::monostate>(value)) {
            column.indicators[i] = STMT_INDICATOR_NULL;
            continue;
        }
        LIVERY_CHECK(!typed || TypeOf(value) == column.type, "a column of two kinds of values");
        column.type = TypeOf(value);
        typed = true;
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            column.integers[i] = *integer;
        } else if (const auto* text = std::get_if<std::string_view>(&value)) {
            column.pointers[i] = text->data();
            column.lengths[i] = text->size();
        } else if (const auto* uuid = std::get_if<Uuid>(&value)) {
            column.pointers[i] = uuid->bytes.data();
            column.lengths[i] = uuid->bytes.size();
        } else {
            const auto* instant = std::get_if<Instant>(&value);
            column.times[i] = ToMysql(instant ? *instant : Instant(std::get<Date>(value)));
            column.pointers[i] = &column.times[i];
            column.lengths[i] = sizeof(MYSQL_TIME);
        }
    }
}

}  // namespace livery::db
