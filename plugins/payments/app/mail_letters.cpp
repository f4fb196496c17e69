#include "app/mail_letters.h"

#include "app/method_text.h"
#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

using Rows = std::vector<Mail::Fact>;

Rows OverdueRows(const Formatter& t, const Overdue& overdue) {
    return {{t.Text("mail.overdue"), t.Amount(overdue.amount)},
            {t.Text("mail.due_since"), t.Day(overdue.oldest_due)}};
}

// When it is tried again, as the account stands in the transaction of the refusal; nullopt: not by
// itself.
std::optional<Date> NextTryOf(db::Transaction& tx, AccountId account) {
    const auto standing = StandingRepository::LockIfThere(tx, account);
    return standing && standing->pays_automatically ? standing->next_try : std::nullopt;
}

// Nobody is promised a try that does not come.
std::string RefusalLetter(DeclineClass decline, const std::optional<Date>& next_try) {
    const bool promises = decline == DeclineClass::kSoft || decline == DeclineClass::kOurs;
    return promises && !next_try ? "refused_last" : "refused_" + std::string(ToString(decline));
}

}  // namespace

void MailLetters::Send(db::Transaction& tx, const Tenant& tenant, const Facts& facts) {
    for (const BillingContacts::Contact& contact : contacts_.Of(tx, facts.account)) {
        Mail mail{"payments", facts.name, contact.email, contact.name,
                  "",         {},         facts.rows,    facts.receipt};
        mail.model.Set("name", contact.name).Set("url", tenant.origin + facts.path);
        mailer_.Enqueue(tx, tenant, mail);
    }
}

// With the way to its page, and its receipt.
void MailLetters::TellOf(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                         const char* name, const Moved& moved) {
    const auto t = formatters_.Of(tenant.id, "payments");
    Rows rows{{t->Text("mail.amount"), t->Amount(moved.amount)}};
    if (!moved.receipt.empty()) rows.push_back({t->Text("mail.receipt"), moved.receipt});
    if (!moved.reference.empty()) rows.push_back({t->Text("mail.reference"), moved.reference});
    Send(tx, tenant,
         {payment.account, name, "/payments/" + payment.id.ToString(), std::move(rows),
          moved.receipt});
}

void MailLetters::Received(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                           const Money& paid) {
    TellOf(tx, tenant, payment, "received", {paid, payment.receipt, payment.reference});
}

void MailLetters::Refused(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                          DeclineClass decline) {
    const auto t = formatters_.Of(tenant.id, "payments");
    const auto next_try = NextTryOf(tx, payment.account);
    Rows rows{{t->Text("mail.amount"), t->Amount(payment.amount)}};
    if (next_try) rows.push_back({t->Text("mail.next_try"), t->Day(*next_try)});
    Send(tx, tenant,
         {payment.account, RefusalLetter(decline, next_try),
          decline == DeclineClass::kHard ? "/payment-methods" : "/payments/pay", std::move(rows)});
}

void MailLetters::NotPaid(db::Transaction& tx, const Tenant& tenant, const Payment& payment) {
    TellOf(tx, tenant, payment, "not_paid", {payment.amount, "", ""});
}

void MailLetters::CameBack(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                           const Money& amount) {
    TellOf(tx, tenant, payment, "came_back", {amount, "", payment.reference});
}

void MailLetters::PaidBack(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                           const Refund& refund) {
    TellOf(tx, tenant, payment, "paid_back", {refund.amount, refund.receipt, refund.reference});
}

void MailLetters::Reminder(db::Transaction& tx, const Tenant& tenant, AccountId account,
                           const Overdue& overdue) {
    const auto t = formatters_.Of(tenant.id, "payments");
    Send(tx, tenant, {account, "reminder", "/payments/pay", OverdueRows(*t, overdue)});
}

void MailLetters::Upcoming(db::Transaction& tx, const Tenant& tenant, AccountId account,
                           const Overdue& due) {
    const auto t = formatters_.Of(tenant.id, "payments");
    Send(tx, tenant,
         {account,
          "upcoming",
          "/payments/pay",
          {{t->Text("mail.amount"), t->Amount(due.amount)},
           {t->Text("mail.due_on"), t->Day(due.oldest_due)}}});
}

void MailLetters::Step(db::Transaction& tx, const Tenant& tenant, AccountId account,
                       const DunningStep& step, const Overdue& overdue) {
    const auto t = formatters_.Of(tenant.id, "payments");
    Send(tx, tenant, {account, step.name, "/payments/pay", OverdueRows(*t, overdue)});
}

void MailLetters::Expires(db::Transaction& tx, const Tenant& tenant, const PaymentMethod& method) {
    const auto t = formatters_.Of(tenant.id, "payments");
    Send(tx, tenant,
         {method.account,
          "expires",
          "/payment-methods",
          {{t->Text("mail.method"), MethodText(method, *t)}}});
}

}  // namespace livery::payments
