#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include <livery/ids.h>

namespace livery::db {

// Ids of any number as the one parameter of a statement, so that rows of as many things are read in
// one round trip: `JOIN JSON_TABLE(?, '$[*]' COLUMNS (id CHAR(32) PATH '$')) w ON a.id =
// UNHEX(w.id)`. Each id finds its row by the primary key.
template <class Tag>
std::string IdList(const std::vector<Id<Tag>>& ids) {
    std::string list = "[";
    for (const Id<Tag>& id : ids) {
        list += list.size() == 1 ? "\"" : ",\"";
        for (const std::uint8_t byte : id.uuid().bytes) list += fmt::format("{:02x}", byte);
        list += '"';
    }
    return list + "]";
}

}  // namespace livery::db
