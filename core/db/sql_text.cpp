#include "db/sql_text.h"

namespace livery::db {

PreparedText PrepareText(std::string_view sql) {
    constexpr std::string_view kTenant = ":tenant";
    PreparedText text;
    char quote = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const char c = sql[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == '?') {
            text.tenant_at.push_back(false);
        } else if (sql.substr(i, kTenant.size()) == kTenant) {
            text.tenant_at.push_back(true);
            text.sql += '?';
            i += kTenant.size() - 1;
            continue;
        }
        text.sql += c;
    }
    return text;
}

}  // namespace livery::db
