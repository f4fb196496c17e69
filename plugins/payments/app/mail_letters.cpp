#include "app/mail_letters.h"

#include "app/method_text.h"
#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

using Rows = std::vector<Mail::Fact>;
using RowsIn = decltype(Mail::facts);

RowsIn OverdueRows(const Overdue& overdue) {
    return [overdue](const Formatter& t) {
        return Rows{{t.Text("mail.overdue"), t.Amount(overdue.amount)},
                    {t.Text("mail.due_since"), t.Day(overdue.oldest_due)}};
    };
}

RowsIn DueRows(const Overdue& due) {
    return [due](const Formatter& t) {
        return Rows{{t.Text("mail.amount"), t.Amount(due.amount)},
                    {t.Text("mail.due_on"), t.Day(due.oldest_due)}};
    };
}

// When it is tried again, as the account stands in the transaction of the refusal; nullopt: not by
// itself.
std::optional<Date> NextTryOf(db::Transaction& tx, const Payment& refused) {
    auto standing = StandingRepository::LockIfThere(tx, refused.account);
    if (!standing || !standing->pays_automatically) return std::nullopt;
    return standing->TriesIn(refused.amount.currency()).next;
}

// Nobody is promised a try that does not come.
std::string RefusalLetter(DeclineClass decline, const std::optional<Date>& next_try) {
    const bool promises = decline == DeclineClass::kSoft || decline == DeclineClass::kOurs;
    return promises && !next_try ? "refused_last" : "refused_" + std::string(ToString(decline));
}

}  // namespace

void MailLetters::Send(db::Transaction& tx, const Tenant& tenant, const Facts& facts) {
    for (const BillingContacts::Contact& contact : contacts_.Of(tx, facts.account)) {
        Mail mail{"payments",       facts.name, contact.email, contact.name,
                  contact.language, {},         facts.rows,    facts.receipt};
        mail.model.Set("name", contact.name).Set("url", tenant.origin + facts.path);
        mailer_.Enqueue(tx, tenant, mail);
    }
}

// With the way to its page, and its receipt.
void MailLetters::TellOf(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                         const char* name, const Moved& moved) {
    const auto rows = [&](const Formatter& t) {
        Rows shown{{t.Text("mail.amount"), t.Amount(moved.amount)}};
        if (!moved.receipt.empty()) shown.push_back({t.Text("mail.receipt"), moved.receipt});
        if (!moved.reference.empty()) shown.push_back({t.Text("mail.reference"), moved.reference});
        return shown;
    };
    Send(tx, tenant,
         {payment.account, name, "/payments/" + payment.id.ToString(), rows, moved.receipt});
}

void MailLetters::Received(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                           const Money& paid) {
    TellOf(tx, tenant, payment, "received", {paid, payment.receipt, payment.reference});
}

void MailLetters::Refused(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                          DeclineClass decline) {
    const auto next_try = NextTryOf(tx, payment);
    const auto rows = [&](const Formatter& t) {
        Rows shown{{t.Text("mail.amount"), t.Amount(payment.amount)}};
        if (next_try) shown.push_back({t.Text("mail.next_try"), t.Day(*next_try)});
        return shown;
    };
    Send(tx, tenant,
         {payment.account, RefusalLetter(decline, next_try),
          decline == DeclineClass::kHard ? "/payment-methods" : "/payments/pay", rows});
}

void MailLetters::NotPaid(db::Transaction& tx, const Tenant& tenant, const Payment& payment) {
    // A bank has said no only where one did.
    const bool declined = payment.state == PaymentState::kDeclined;
    TellOf(tx, tenant, payment, declined ? "not_paid" : "not_taken", {payment.amount, "", ""});
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
    Send(tx, tenant, {account, "reminder", "/payments/pay", OverdueRows(overdue)});
}

void MailLetters::Upcoming(db::Transaction& tx, const Tenant& tenant, AccountId account,
                           const Overdue& due) {
    Send(tx, tenant, {account, "upcoming", "/payments/pay", DueRows(due)});
}

void MailLetters::WillBeTaken(db::Transaction& tx, const Tenant& tenant, AccountId account,
                              const Overdue& due) {
    Send(tx, tenant, {account, "will_be_taken", "/payment-methods", DueRows(due)});
}

void MailLetters::Step(db::Transaction& tx, const Tenant& tenant, AccountId account,
                       const DunningStep& step, const Overdue& overdue) {
    Send(tx, tenant, {account, step.name, "/payments/pay", OverdueRows(overdue)});
}

void MailLetters::Expires(db::Transaction& tx, const Tenant& tenant, const PaymentMethod& method) {
    const auto rows = [&](const Formatter& t) {
        return Rows{{t.Text("mail.method"), MethodText(method, t)}};
    };
    Send(tx, tenant, {method.account, "expires", "/payment-methods", rows});
}

}  // namespace livery::payments
