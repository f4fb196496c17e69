#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace livery::db {

// A statement's text as the server takes it: every `:tenant` outside quotes became `?`.
// `tenant_at` says for each `?` in order whether it stands for the tenant.
struct PreparedText {
    std::string sql;
    std::vector<bool> tenant_at;
};
PreparedText PrepareText(std::string_view sql);

}  // namespace livery::db
