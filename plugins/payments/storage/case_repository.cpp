#include "storage/case_repository.h"

#include <chrono>
#include <cstdint>

#include <fmt/format.h>

namespace livery::payments {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kOpen{
    "payments.open_case",
    "INSERT INTO payments_case (tenant_id, payment_id, kind, refund_id, opened_at, answer) VALUES "
    "(:tenant, ?, ?, ?, ?, '') ON DUPLICATE KEY UPDATE kind = kind"};
constexpr Statement kOpenAgain{
    "payments.open_case_again",
    "INSERT INTO payments_case (tenant_id, payment_id, kind, refund_id, opened_at, answer) VALUES "
    "(:tenant, ?, ?, ?, ?, '') ON DUPLICATE KEY UPDATE opened_at = IF(closed_at IS NULL, "
    "opened_at, ?), answer "
    "= '', closed_at = NULL"};
constexpr Statement kListOpen{
    "payments.open_cases",
    "SELECT payment_id, kind, opened_at, refund_id FROM payments_case WHERE tenant_id = :tenant "
    "AND closed_at IS NULL AND (opened_at, payment_id, kind, refund_id) > (?, ?, ?, ?) ORDER BY "
    "opened_at, payment_id, kind, refund_id LIMIT ?"};
constexpr Statement kClose{
    "payments.close_cases",
    "UPDATE payments_case SET closed_at = ?, decided_by = ?, answer = ? WHERE tenant_id = :tenant "
    "AND payment_id = ? AND refund_id = ? AND closed_at IS NULL"};
constexpr Statement kCloseOne{
    "payments.close_case",
    "UPDATE payments_case SET closed_at = ?, decided_by = ?, answer = ? WHERE tenant_id = :tenant "
    "AND payment_id = ? AND kind = ? AND refund_id = ? AND closed_at IS NULL"};
constexpr Statement kCloseNamed{
    "payments.close_named_case",
    "UPDATE payments_case SET closed_at = ?, decided_by = ?, answer = ? WHERE tenant_id = :tenant "
    "AND payment_id = ? AND kind = ? AND BINARY kind = ? AND refund_id = ? AND opened_at = ? AND "
    "closed_at IS NULL"};
constexpr Statement kOpenOf{
    "payments.open_cases_of",
    "SELECT c.payment_id FROM payments_case c JOIN payments_payment p ON p.tenant_id = c.tenant_id "
    "AND p.id = c.payment_id WHERE c.tenant_id = :tenant AND c.closed_at IS NULL AND "
    "p.account_id = ? AND c.kind = ?"};
constexpr Statement kIsOpen{
    "payments.is_case_open",
    "SELECT closed_at IS NULL FROM payments_case WHERE tenant_id = :tenant AND payment_id = ? AND "
    "kind = ? AND refund_id = ?"};
constexpr Statement kBeginSeries{
    "payments.begin_series",
    "INSERT INTO payments_counter (tenant_id, year, last_number) VALUES (:tenant, ?, 0) ON "
    "DUPLICATE KEY UPDATE last_number = last_number"};
constexpr Statement kLastNumber{
    "payments.last_number",
    "SELECT last_number FROM payments_counter WHERE tenant_id = :tenant AND year = ? FOR UPDATE"};
constexpr Statement kSetNumber{
    "payments.set_number",
    "UPDATE payments_counter SET last_number = ? WHERE tenant_id = :tenant AND year = ?"};
constexpr Statement kAddReceipt{
    "payments.add_receipt",
    "INSERT INTO payments_receipt (tenant_id, number, account_id, payment_id, refund_id, made_at, "
    "amount, currency) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?)"};

constexpr Statement kFindReceipt{
    "payments.find_receipt",
    "SELECT account_id, payment_id, refund_id, made_at, amount, currency FROM payments_receipt "
    "WHERE tenant_id = :tenant AND number = ?"};

Uuid KeyOf(const std::optional<RefundId>& refund) { return refund ? refund->uuid() : Uuid{}; }

// Of digits alone, so many at most; nullopt: it is none.
std::optional<std::int64_t> NumberIn(std::string_view text, std::size_t most_digits) {
    const bool is_one = !text.empty() && text.size() <= most_digits &&
                        text.find_first_not_of("0123456789") == std::string_view::npos;
    return is_one ? std::optional(std::stoll(std::string(text))) : std::nullopt;
}

std::vector<std::string_view> Pieces(std::string_view text) {
    std::vector<std::string_view> pieces;
    for (std::size_t dot = 0; dot != std::string_view::npos;) {
        dot = text.find('.');
        pieces.push_back(text.substr(0, dot));
        if (dot != std::string_view::npos) text.remove_prefix(dot + 1);
    }
    return pieces;
}

}  // namespace

// Seconds and microseconds apart: as one number they might be a card's.
std::string Case::ToString() const {
    using namespace std::chrono;
    const auto since = floor<microseconds>(opened_at.time_since_epoch()).count();
    return fmt::format("{}.{:06}.{}.{}.{}", since / 1'000'000, since % 1'000'000,
                       payment.ToString(), kind, refund ? refund->ToString() : "");
}

std::optional<Case> Case::Parse(std::string_view text) {
    const auto pieces = Pieces(text);
    if (pieces.size() != 5) return std::nullopt;
    const auto seconds = NumberIn(pieces[0], 11);
    const auto micros = NumberIn(pieces[1], 6);
    const auto payment = PaymentId::Parse(pieces[2]);
    const bool is_kind =
        !pieces[3].empty() && pieces[3].size() <= 24 &&
        pieces[3].find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
    if (!seconds || !micros || !payment || !is_kind) return std::nullopt;
    Case parsed{*payment, std::string(pieces[3]),
                Instant(std::chrono::seconds(*seconds) + std::chrono::microseconds(*micros))};
    if (pieces[4].empty()) return parsed;
    parsed.refund = RefundId::Parse(pieces[4]);
    return parsed.refund ? std::optional(parsed) : std::nullopt;
}

void CaseRepository::Open(db::Transaction& tx, const Case& opened) {
    tx.Execute(kOpen, {opened.payment, opened.kind, KeyOf(opened.refund), opened.opened_at});
}

void CaseRepository::OpenAgain(db::Transaction& tx, const Case& opened) {
    tx.Execute(kOpenAgain, {opened.payment, opened.kind, KeyOf(opened.refund), opened.opened_at,
                            opened.opened_at});
}

std::vector<Case> CaseRepository::ListOpen(db::Database& database, const TenantId& tenant,
                                           const std::optional<Case>& after, std::size_t most) {
    std::vector<Case> cases;
    const Case from = after.value_or(Case{});
    for (const Row row :
         database.Query(tenant, kListOpen,
                        {from.opened_at, from.payment, from.kind, KeyOf(from.refund), most})) {
        cases.push_back({row.As<PaymentId>(0), std::string(row.Text(1)), row.Time(2)});
        if (row.Id(3) != Uuid{}) cases.back().refund = row.As<RefundId>(3);
    }
    return cases;
}

std::vector<PaymentId> CaseRepository::OpenOf(db::Transaction& tx, AccountId account,
                                              std::string_view kind) {
    std::vector<PaymentId> payments;
    for (const db::Row row : tx.Query(kOpenOf, {account, kind}))
        payments.push_back(row.As<PaymentId>(0));
    return payments;
}

CaseRepository::State CaseRepository::Of(db::Transaction& tx, const Case& one) {
    const db::Rows rows = tx.Query(kIsOpen, {one.payment, one.kind, KeyOf(one.refund)});
    if (rows.empty()) return State::kNone;
    return rows[0].Bool(0) ? State::kOpen : State::kClosed;
}

void CaseRepository::Close(db::Transaction& tx, PaymentId payment, const Answer& answer) {
    tx.Execute(kClose, {answer.at, answer.by, answer.reason, payment, Uuid{}});
}

bool CaseRepository::CloseOne(db::Transaction& tx, const Case& closed, const Answer& answer) {
    return tx.Execute(kCloseOne, {answer.at, answer.by, answer.reason, closed.payment, closed.kind,
                                  KeyOf(closed.refund)}) == 1;
}

bool CaseRepository::CloseNamed(db::Transaction& tx, const Case& closed, const Answer& answer) {
    return tx.Execute(kCloseNamed,
                      {answer.at, answer.by, answer.reason, closed.payment, closed.kind,
                       closed.kind, KeyOf(closed.refund), closed.opened_at}) == 1;
}

std::string ReceiptRepository::Add(db::Transaction& tx, const Receipt& receipt) {
    const std::chrono::year_month_day day(DayOf(receipt.made_at));
    const int year = static_cast<int>(day.year());
    tx.Execute(kBeginSeries, {year});
    const auto next = tx.Query(kLastNumber, {year}).Only().Int64(0) + 1;
    tx.Execute(kSetNumber, {next, year});
    std::string number = fmt::format("RC-{}-{:06}", year, next);
    tx.Execute(kAddReceipt,
               {number, receipt.account, receipt.payment, receipt.refund, Instant(receipt.made_at),
                receipt.amount.minor_units(), receipt.amount.currency().code()});
    return number;
}

std::optional<Receipt> ReceiptRepository::Find(db::Database& database, const TenantId& tenant,
                                               const std::string& number) {
    const db::Rows rows = database.Query(tenant, kFindReceipt, {number});
    if (rows.empty()) return std::nullopt;
    const Row row = rows[0];
    Receipt receipt{row.As<AccountId>(0), row.As<PaymentId>(1), std::nullopt,
                    std::chrono::floor<std::chrono::seconds>(row.Time(3)),
                    Money(row.Int64(4), *Currency::Parse(row.Text(5)))};
    if (!row.IsNull(2)) receipt.refund = row.Id(2);
    return receipt;
}

}  // namespace livery::payments
