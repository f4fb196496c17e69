// The statements of the checkout's quotes, in memory.
#include <livery/check.h>

#include "memory.h"

namespace livery::golden {

namespace {

template <class T>
T As(const db::Param& param) {
    return std::get<T>(param.value());
}

template <class T>
std::optional<T> MaybeAs(const db::Param& param) {
    const T* value = std::get_if<T>(&param.value());
    return value == nullptr ? std::nullopt : std::optional(*value);
}

std::string TextOf(const db::Param& param) { return std::string(As<std::string_view>(param)); }

void AddId(db::Rows& rows, const std::optional<Uuid>& id) {
    if (!id) return rows.AddNull();
    const auto& bytes = id->bytes;
    rows.AddText({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

db::Rows MemoryTransaction::Query(const db::Statement& statement, db::Params params) {
    LIVERY_CHECK(statement.name() == "orders.find_quote", "SQL in memory");
    constexpr std::size_t kColumns = 6;
    db::Rows rows(statement.name(), kColumns);
    const db::Param* given = params.begin();
    const auto found = quotes_.find({As<Uuid>(given[0]), As<Uuid>(given[1])});
    if (found == quotes_.end()) return rows;
    const KeptQuote& quote = found->second;
    rows.AddTime(quote.shown_at);
    rows.AddText(quote.wish);
    rows.AddText(quote.wording);
    if (quote.kept_at) {
        rows.AddTime(*quote.kept_at);
    } else {
        rows.AddNull();
    }
    AddId(rows, quote.order);
    AddId(rows, quote.subscription);
    return rows;
}

std::uint64_t MemoryTransaction::Execute(const db::Statement& statement, db::Params params) {
    const db::Param* given = params.begin();
    // Old ones are in nobody's way here.
    if (statement.name() == "orders.forget_quotes") return 0;
    if (statement.name() == "orders.add_quote") {
        quotes_[{As<Uuid>(given[0]), As<Uuid>(given[1])}] = {As<Instant>(given[2]),
                                                             TextOf(given[3]), TextOf(given[4])};
        return 1;
    }
    LIVERY_CHECK(statement.name() == "orders.keep_quote", "SQL in memory");
    KeptQuote& quote = quotes_.at({As<Uuid>(given[3]), As<Uuid>(given[4])});
    quote.kept_at = MaybeAs<Instant>(given[0]);
    quote.order = MaybeAs<Uuid>(given[1]);
    quote.subscription = MaybeAs<Uuid>(given[2]);
    return 1;
}

std::uint64_t MemoryTransaction::ExecuteMany(const db::Statement&, const db::Batch&) {
    LIVERY_CHECK(false, "SQL in memory");
}

}  // namespace livery::golden
