#pragma once

#include <string>
#include <vector>

#include "app/payment_desk.h"
#include "domain/standing.h"
#include "settings/payment_settings.h"

namespace livery::payments {

// What happens to accounts that do not pay: letters before and after the due date, steps, and what
// is suspended by them until they have paid.
class Dunning {
 public:
    explicit Dunning(const PaymentPorts& ports) : ports_(ports) {}

    struct Done {
        int announced = 0;  // letters before the due date
        int reminded = 0;   // letters after it
        int stepped = 0;
        int finished = 0;  // nothing more will be written to it
    };
    Done Treat(const Tenant& tenant, AccountId account, Date today);

    // As a part of the transaction in which something was paid: it stands where what is still past
    // due leads, never further than before; what was suspended goes on where that does not block.
    static void Clear(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                      AccountId account, CivilTime now);

    // Until the end of that day nothing happens to it; once for each invoice. `by`: who says so.
    // kInvalidArgument on `pays_by`: in the past, or further ahead than the tenant allows.
    // kConflict `error.nothing_due`, `error.promised`.
    Result<void> Promise(const Tenant& tenant, AccountId account, Date pays_by,
                         const std::string& by);
    // The same as a part of the caller's transaction.
    Result<void> PromiseIn(db::Transaction& tx, const Tenant& tenant, AccountId account,
                           Date pays_by, const std::string& by);
    // The last day that Promise takes.
    Date LastPromise(const Tenant& tenant, Date today) const;

    // What of an account is overdue and not objected to, per currency.
    std::vector<Overdue> OverdueOf(const Tenant& tenant, AccountId account, Date today);

 private:
    void Announce(db::Transaction& tx, const Tenant& tenant, const std::vector<OwedInvoice>& owed,
                  Standing& standing, Date today, Done& done);
    void Act(db::Transaction& tx, const Tenant& tenant, Standing& standing,
             const DunningStep* step);
    void Write(db::Transaction& tx, const Tenant& tenant, Standing& standing,
               const std::vector<Overdue>& overdue, Date today, Done& done);
    const PaymentPorts& ports_;
};

// How an account stands, for other plugins.
class StandingOfAccounts final : public PaymentStanding {
 public:
    State Of(db::Transaction& tx, AccountId account) override;
};

}  // namespace livery::payments
