#include "storage/document_periods_repository.h"

#include <algorithm>
#include <map>

#include "storage/book_rows.h"

namespace livery::invoices {

namespace {

constexpr db::Statement kPeriods{
    "invoices.periods_of_lines",
    "SELECT l.document_id, MIN(l.covers_from), MAX(l.covers_to) FROM invoices_document d JOIN "
    "invoices_line l ON l.tenant_id = d.tenant_id AND l.document_id = d.id WHERE d.tenant_id = "
    ":tenant AND d.account_id = ? AND d.id >= ? AND d.id <= ? AND d.covers_from IS NULL AND "
    "l.covers_from < l.covers_to GROUP BY l.document_id"};

}  // namespace

void DocumentPeriodsRepository::Fill(db::Database& database, const TenantId& tenant,
                                     AccountId account, const std::vector<Gap>& gaps) {
    if (gaps.empty()) return;
    std::map<InvoiceId, std::optional<Span>*> places;
    for (const Gap& gap : gaps) places[gap.id] = gap.period;
    for (const db::Row row : database.Query(
             tenant, kPeriods, {account, places.begin()->first, places.rbegin()->first})) {
        const auto place = places.find(row.As<InvoiceId>(0));
        if (place != places.end()) *place->second = {CivilOf(row.Time(1)), CivilOf(row.Time(2))};
    }
}

}  // namespace livery::invoices
