#pragma once

#include <livery/ports/billing_contacts.h>
#include <livery/ports/mailer.h>

#include "app/letters.h"

namespace livery::payments {

// Letters as mails to the account's contacts for bills, each in its reader's language.
class MailLetters final : public Letters {
 public:
    MailLetters(Mailer& mailer, BillingContacts& contacts) : mailer_(mailer), contacts_(contacts) {}
    void Received(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                  const Money& paid) override;
    void Refused(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                 DeclineClass decline) override;
    void NotPaid(db::Transaction& tx, const Tenant& tenant, const Payment& payment) override;
    void CameBack(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                  const Money& amount) override;
    void PaidBack(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                  const Refund& refund) override;
    void Reminder(db::Transaction& tx, const Tenant& tenant, AccountId account,
                  const Overdue& overdue) override;
    void Upcoming(db::Transaction& tx, const Tenant& tenant, AccountId account,
                  const Overdue& due) override;
    void WillBeTaken(db::Transaction& tx, const Tenant& tenant, AccountId account,
                     const Overdue& due) override;
    void Step(db::Transaction& tx, const Tenant& tenant, AccountId account, const DunningStep& step,
              const Overdue& overdue) override;
    void Expires(db::Transaction& tx, const Tenant& tenant, const PaymentMethod& method) override;

 private:
    // What a letter says beside its fixed words.
    struct Facts {
        AccountId account;
        std::string name;  // of its texts: `mail.<name>.…`
        std::string path;  // where its button leads
        decltype(Mail::facts) rows;
        std::string receipt = "";  // goes with it; "" = none
    };
    // Of one payment: so much came or went; "" = it has none.
    struct Moved {
        Money amount;
        std::string receipt;
        std::string reference;
    };
    void TellOf(db::Transaction& tx, const Tenant& tenant, const Payment& payment, const char* name,
                const Moved& moved);
    void Send(db::Transaction& tx, const Tenant& tenant, const Facts& facts);
    Mailer& mailer_;
    BillingContacts& contacts_;
};

}  // namespace livery::payments
