#include "app/objections.h"

#include <algorithm>

#include <livery/db/attempt.h>

#include "app/dunning.h"
#include "app/owed.h"
#include "domain/said_by.h"
#include "storage/objection_repository.h"

namespace livery::payments {

Result<Objection> Objections::Open(const Tenant& tenant, const Wish& wish) {
    LIVERY_TRY(CheckReason(wish.reason));
    if (wish.amount.minor_units() <= 0) return InvalidField("amount", "error.amount");
    const Objection opened{ObjectionId(ports_.ids.Next()),
                           wish.account,
                           wish.invoice,
                           wish.amount,
                           wish.reason,
                           ports_.clock.Now()};
    return db::Attempt<Objection>(
        ports_.database, tenant.id, [&](db::Transaction& tx) -> Result<Objection> {
            const auto owed = UndisputedOf(tx, ports_.invoicing, wish.account);
            const auto found = std::find_if(owed.begin(), owed.end(), [&](const OwedInvoice& one) {
                return one.id == wish.invoice;
            });
            if (found == owed.end()) return NotFound("error.not_found");
            if (found->balance.currency() != wish.amount.currency() ||
                found->balance.minor_units() < wish.amount.minor_units())
                return InvalidField("amount", "error.more_than_owed");
            ObjectionRepository::Add(tx, opened);
            Dunning::Clear(ports_, tx, tenant, wish.account, ports_.time.CivilNow(tenant));
            tx.Touch(SubjectOf(wish.account));
            return opened;
        });
}

Result<Objection> Objections::Decide(const Tenant& tenant, ObjectionId id, bool is_right,
                                     const std::string& reason) {
    return db::Attempt<Objection>(ports_.database, tenant.id, [&](db::Transaction& tx) {
        return DecideIn(tx, tenant, id, is_right, reason);
    });
}

Result<Objection> Objections::DecideIn(db::Transaction& tx, const Tenant& tenant, ObjectionId id,
                                       bool is_right, const std::string& reason) {
    LIVERY_TRY(CheckReason(reason));
    const CivilTime now = ports_.time.CivilNow(tenant);
    const auto open = ObjectionRepository::FindOpen(tx, id);
    if (!open) return NotFound("error.not_found");
    // The account's invoices before anything of payments, everywhere.
    ports_.invoicing.LockOwed(tx, open->account);
    if (!ObjectionRepository::Close(tx, id, is_right, reason, ports_.clock.Now()))
        return NotFound("error.not_found");
    if (is_right)
        LIVERY_TRY(
            ports_.invoicing.CreditOwed(tx, open->account, {open->invoice, open->amount}, now));
    Dunning::Clear(ports_, tx, tenant, open->account, now);
    tx.Touch(SubjectOf(open->account));
    return *open;
}

}  // namespace livery::payments
