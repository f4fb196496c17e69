#include "kept_letters.h"

namespace livery::golden {

namespace {

constexpr db::Statement kKeep{
    "golden.keep_letter",
    "INSERT INTO golden_letter (tenant_id, account_id, kind, currency) VALUES (:tenant, ?, ?, ?)"};
constexpr db::Statement kCount{
    "golden.letters",
    "SELECT kind, currency, COUNT(*) FROM golden_letter WHERE tenant_id = :tenant AND account_id = "
    "? GROUP BY kind, currency"};

void Keep(db::Transaction& tx, AccountId account, const std::string& kind, Currency currency) {
    tx.Execute(kKeep, {account, kind, currency.code()});
}

}  // namespace

void KeptLetters::Received(db::Transaction& tx, const Tenant&, const payments::Payment& payment,
                           const Money& paid) {
    Keep(tx, payment.account, "received", paid.currency());
}

void KeptLetters::Refused(db::Transaction& tx, const Tenant&, const payments::Payment& payment,
                          payments::DeclineClass decline) {
    Keep(tx, payment.account, "refused_" + std::string(ToString(decline)),
         payment.amount.currency());
}

void KeptLetters::NotPaid(db::Transaction& tx, const Tenant&, const payments::Payment& payment) {
    Keep(tx, payment.account, "not_paid", payment.amount.currency());
}

void KeptLetters::CameBack(db::Transaction& tx, const Tenant&, const payments::Payment& payment,
                           const Money& amount) {
    Keep(tx, payment.account, "came_back", amount.currency());
}

void KeptLetters::PaidBack(db::Transaction& tx, const Tenant&, const payments::Payment& payment,
                           const payments::Refund& refund) {
    Keep(tx, payment.account, "paid_back", refund.amount.currency());
}

void KeptLetters::Reminder(db::Transaction& tx, const Tenant&, AccountId account,
                           const payments::Overdue& overdue) {
    Keep(tx, account, "reminder", overdue.amount.currency());
}

void KeptLetters::Upcoming(db::Transaction& tx, const Tenant&, AccountId account,
                           const payments::Overdue& due) {
    Keep(tx, account, "upcoming", due.amount.currency());
}

void KeptLetters::WillBeTaken(db::Transaction& tx, const Tenant&, AccountId account,
                              const payments::Overdue& due) {
    Keep(tx, account, "will_be_taken", due.amount.currency());
}

void KeptLetters::Step(db::Transaction& tx, const Tenant&, AccountId account,
                       const payments::DunningStep& step, const payments::Overdue& overdue) {
    Keep(tx, account, step.name, overdue.amount.currency());
}

void KeptLetters::Expires(db::Transaction& tx, const Tenant& tenant,
                          const payments::PaymentMethod& method) {
    Keep(tx, method.account, "expires", tenant.currency);
}

std::map<KeptLetters::Kind, int> KeptLetters::Count(db::Database& database, const TenantId& tenant,
                                                    AccountId account) {
    std::map<Kind, int> counts;
    for (const db::Row row : database.Query(tenant, kCount, {account}))
        counts[{std::string(row.Text(0)), std::string(row.Text(1))}] =
            static_cast<int>(row.Int64(2));
    return counts;
}

}  // namespace livery::golden
