#include "storage/open_case_repository.h"

#include <livery/check.h>

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

// The groups have eight kinds at most.
constexpr Statement kPage{
    "payments.page_open_cases",
    "SELECT c.payment_id, c.kind, c.opened_at, c.refund_id, p.account_id, p.state, p.amount, "
    "p.currency FROM payments_case c JOIN payments_payment p ON p.tenant_id = c.tenant_id AND p.id "
    "= c.payment_id WHERE c.tenant_id = :tenant AND c.closed_at IS NULL AND (? = 0 OR c.kind IN "
    "(?, ?, ?, ?, ?, ?, ?, ?)) AND (c.opened_at, c.payment_id, c.kind, c.refund_id) > (?, ?, ?, ?) "
    "ORDER BY c.opened_at, c.payment_id, c.kind, c.refund_id LIMIT ?"};
constexpr Statement kCount{
    "payments.count_open_cases",
    "SELECT COUNT(*) FROM payments_case WHERE tenant_id = :tenant AND closed_at IS NULL"};
constexpr Statement kFind{
    "payments.find_case",
    "SELECT closed_at, decided_by, answer FROM payments_case WHERE tenant_id = :tenant AND "
    "payment_id = ? AND kind = ? AND BINARY kind = ? AND refund_id = ? AND opened_at = ?"};

Uuid KeyOf(const std::optional<RefundId>& refund) { return refund ? refund->uuid() : Uuid{}; }

OpenCase OpenCaseOf(const Row& row) {
    OpenCase open{{row.As<PaymentId>(0), std::string(row.Text(1)), row.Time(2)},
                  row.As<AccountId>(4),
                  {},
                  Money(row.Int64(6), *Currency::Parse(row.Text(7)))};
    if (row.Id(3) != Uuid{}) open.one.refund = row.As<RefundId>(3);
    const auto state = PaymentStateFrom(row.Text(5));
    LIVERY_CHECK(state.has_value(), "a stored state that is none");
    open.state = *state;
    return open;
}

}  // namespace

std::vector<OpenCase> OpenCaseRepository::Page(db::Database& database, const TenantId& tenant,
                                               std::optional<CaseGroup> group,
                                               const std::optional<Case>& after, std::size_t most) {
    const auto kinds = group ? KindsOf(*group) : std::span<const std::string_view>();
    const auto kind = [&](std::size_t i) { return i < kinds.size() ? kinds[i] : ""; };
    const Case from = after.value_or(Case{});
    std::vector<OpenCase> page;
    for (const Row row : database.Query(
             tenant, kPage,
             {kinds.size(), kind(0), kind(1), kind(2), kind(3), kind(4), kind(5), kind(6), kind(7),
              from.opened_at, from.payment, from.kind, KeyOf(from.refund), most}))
        page.push_back(OpenCaseOf(row));
    return page;
}

std::int64_t OpenCaseRepository::Count(db::Database& database, const TenantId& tenant) {
    return database.Query(tenant, kCount, {}).Only().Int64(0);
}

std::optional<FoundCase> OpenCaseRepository::Find(db::Database& database, const TenantId& tenant,
                                                  const Case& one) {
    const db::Rows rows = database.Query(
        tenant, kFind, {one.payment, one.kind, one.kind, KeyOf(one.refund), one.opened_at});
    if (rows.empty()) return std::nullopt;
    const auto closed_at = rows[0].MaybeTime(0);
    return FoundCase{!closed_at, closed_at.value_or(Instant{}), std::string(rows[0].Text(1)),
                     std::string(rows[0].Text(2))};
}

}  // namespace livery::payments
