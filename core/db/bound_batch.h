#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <mysql.h>

#include <livery/db/batch.h>

#include "db/sql_text.h"

namespace livery::db {

MYSQL_TIME ToMysql(Instant instant);

// Some rows of a batch as the client library takes them: an array of values for every `?`. Borrows
// the batch; must live until the statement was executed.
class BoundBatch {
 public:
    struct Range {
        std::size_t first;
        std::size_t count;
    };
    BoundBatch(const PreparedText& text, std::string_view tenant, const Batch& batch, Range range);
    MYSQL_BIND* binds() { return binds_.data(); }
    std::size_t count() const { return range_.count; }

 private:
    // One `?` of all rows. Numbers lie one after another; everything else is pointed to.
    struct Column {
        enum_field_types type = MYSQL_TYPE_STRING;
        std::vector<std::int64_t> integers;
        std::vector<MYSQL_TIME> times;
        std::vector<const void*> pointers;
        std::vector<unsigned long> lengths;
        std::vector<char> indicators;
    };
    void FillTenant(Column& column, std::string_view tenant) const;
    void Fill(Column& column, const Batch& batch, std::size_t place) const;
    static enum_field_types TypeOf(const Param::Value& value);

    Range range_;
    std::vector<Column> columns_;
    std::vector<MYSQL_BIND> binds_;
};

}  // namespace livery::db
