#include "storage/document_list_repository.h"

#include <algorithm>
#include <tuple>

#include "storage/book_rows.h"
#include "storage/document_periods_repository.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Rows;
using db::Statement;

#define INVOICES_ROW_COLUMNS                                                               \
    "d.id, d.kind, d.status, d.number, d.currency, d.issued_at, d.due_on, d.net + d.tax, " \
    "d.paid - d.refunded, " INVOICES_BALANCE ", d.covers_from, d.covers_to "

constexpr Statement kList{
    "invoices.list",
    "SELECT " INVOICES_ROW_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.number IS NOT "
    "NULL AND (? = 0 OR (? = 1 AND d.status IN ('open', 'partly_paid')) OR (? = 2 AND d.status = "
    "'paid' AND d.kind = 'invoice') OR (? = 3 AND d.kind = 'credit_note')) AND "
    "(? IS NULL OR (d.issued_at, d.id) < (SELECT c.issued_at, c.id FROM invoices_document c WHERE "
    "c.tenant_id = d.tenant_id AND c.account_id = d.account_id AND c.id = ?)) "
    "ORDER BY d.issued_at DESC, d.id DESC LIMIT ?"};
constexpr Statement kDueFirst{
    "invoices.due_first",
    "SELECT " INVOICES_ROW_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.status IN "
    "('open', 'partly_paid') ORDER BY d.due_on IS NULL, d.due_on, d.id LIMIT ?"};
// Of what is not settled only, which `by_status` finds, and in its order: amounts, and how much of
// them is overdue.
#define INVOICES_STANDING_AMOUNTS                                                            \
    "CAST(SUM(" INVOICES_BALANCE ") AS SIGNED), CAST(SUM(IF(d.due_on < ?, " INVOICES_BALANCE \
    ", 0)) AS SIGNED)"
#define INVOICES_NOT_SETTLED                                                         \
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND " \
    "d.status IN ('open', 'partly_paid', 'pending_tax') GROUP BY d.status, d.currency "
#define INVOICES_CREDIT_LEFT \
    "FROM invoices_credit WHERE tenant_id = :tenant AND account_id = ? AND amount <> 0"
constexpr Statement kStanding{
    "invoices.standing",
    "SELECT d.status, d.currency, " INVOICES_STANDING_AMOUNTS " " INVOICES_NOT_SETTLED
    "UNION ALL SELECT 'credit', currency, amount, 0 " INVOICES_CREDIT_LEFT};
// The page that nearly everybody asks for, and how the account stands, at once: to the server a
// statement of its own is as dear as half of these rows, and of kList, which can do more, it would
// work out the conditions at every execution. What has an id is a document of the page.
constexpr Statement kFirstPage{
    "invoices.first_page",
    "(SELECT " INVOICES_ROW_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.number IS NOT "
    "NULL ORDER BY d.issued_at DESC, d.id DESC LIMIT ?) UNION ALL "
    "SELECT NULL, NULL, d.status, NULL, d.currency, NULL, NULL, " INVOICES_STANDING_AMOUNTS
    ", NULL, NULL, NULL " INVOICES_NOT_SETTLED
    "UNION ALL SELECT NULL, NULL, 'credit', NULL, currency, NULL, NULL, amount, 0, NULL, NULL, "
    "NULL " INVOICES_CREDIT_LEFT};

int NumberOf(ListQuery::Which which) { return static_cast<int>(which); }

InvoiceId IdOf(const DocumentRow& row) { return row.id; }

DocumentRow RowOf(const Row& row) {
    const Currency currency = *Currency::Parse(row.Text(4));
    const Status status = StatusFrom(row.Text(2));
    DocumentRow listed{.id = row.As<InvoiceId>(0),
                       .kind = KindFrom(row.Text(1)),
                       .status = status,
                       .number = std::string(row.Text(3)),
                       .issued_at = CivilOf(row.Time(5)),
                       .due_on = row.IsNull(6) ? Date{} : row.Date(6),
                       .total = Money(row.Int64(7), currency),
                       .paid = Money(row.Int64(8), currency),
                       .balance = Money(status == Status::kVoid ? 0 : row.Int64(9), currency),
                       .period = std::nullopt};
    if (!row.IsNull(10)) listed.period = {CivilOf(row.Time(10)), CivilOf(row.Time(11))};
    return listed;
}

void AddPeriods(db::Database& database, const TenantId& tenant, AccountId account,
                std::vector<DocumentRow>& all) {
    std::vector<DocumentPeriodsRepository::Gap> gaps;
    for (DocumentRow& listed : all) {
        if (!listed.period) gaps.push_back({listed.id, &listed.period});
    }
    DocumentPeriodsRepository::Fill(database, tenant, account, gaps);
}

// Where and in which of a row's columns a standing is said.
struct StandingColumns {
    std::size_t what;
    std::size_t currency;
    std::size_t amount;
    std::size_t overdue;
};

Standing& In(AccountStanding& standing, Currency currency) {
    auto& all = standing.by_currency;
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Standing& other) { return other.currency == currency; });
    if (found != all.end()) return *found;
    const Money zero(0, currency);
    return all.emplace_back(Standing{currency, zero, zero, zero});
}

void AddStanding(const Row& row, const StandingColumns& at, AccountStanding& standing) {
    if (row.Text(at.what) == "pending_tax") {
        standing.has_pending = true;
        return;
    }
    Standing& found = In(standing, *Currency::Parse(row.Text(at.currency)));
    const Money amount(row.Int64(at.amount), found.currency);
    if (row.Text(at.what) == "credit") {
        found.credit = amount;
    } else {
        found.owed = found.owed + amount;
        found.overdue = found.overdue + Money(row.Int64(at.overdue), found.currency);
    }
}

}  // namespace

ListPage DocumentListRepository::List(db::Database& database, const TenantId& tenant,
                                      AccountId account, const ListQuery& query) {
    const std::size_t most = query.limit + 1;
    const int which = NumberOf(query.which);
    const Rows found = database.Query(
        tenant, kList, {account, which, which, which, which, query.before, query.before, most});
    std::vector<DocumentRow> rows;
    rows.reserve(found.size());
    for (const Row row : found) rows.push_back(RowOf(row));
    AddPeriods(database, tenant, account, rows);
    return CutTo(query.limit, std::move(rows), IdOf);
}

DocumentListRepository::FirstPage DocumentListRepository::ListFirst(db::Database& database,
                                                                    const TenantId& tenant,
                                                                    AccountId account, Date today,
                                                                    std::size_t limit) {
    const Rows found =
        database.Query(tenant, kFirstPage, {account, limit + 1, today, account, account});
    FirstPage first;
    std::vector<DocumentRow> rows;
    rows.reserve(found.size());
    for (const Row row : found) {
        if (row.IsNull(0))
            AddStanding(row, {2, 4, 7, 8}, first.standing);
        else
            rows.push_back(RowOf(row));
    }
    // A union keeps no order by promise.
    std::sort(rows.begin(), rows.end(), [](const DocumentRow& a, const DocumentRow& b) {
        return std::tie(a.issued_at, a.id) > std::tie(b.issued_at, b.id);
    });
    AddPeriods(database, tenant, account, rows);
    first.page = CutTo(limit, std::move(rows), IdOf);
    return first;
}

std::vector<DocumentRow> DocumentListRepository::DueFirst(db::Database& database,
                                                          const TenantId& tenant, AccountId account,
                                                          std::size_t most) {
    std::vector<DocumentRow> rows;
    for (const Row row : database.Query(tenant, kDueFirst, {account, most}))
        rows.push_back(RowOf(row));
    return rows;
}

AccountStanding DocumentListRepository::StandingOf(db::Database& database, const TenantId& tenant,
                                                   AccountId account, Date today) {
    AccountStanding standing;
    for (const Row row : database.Query(tenant, kStanding, {today, account, account}))
        AddStanding(row, {0, 1, 2, 3}, standing);
    return standing;
}

}  // namespace livery::invoices
