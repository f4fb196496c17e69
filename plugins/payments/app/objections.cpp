#include "app/objections.h"

#include <algorithm>

#include <livery/check.h>
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
            Note(tx, tenant, opened);
            return opened;
        });
}

Result<Objection> Objections::Decide(const Tenant& tenant, ObjectionId id, bool is_right,
                                     const std::string& reason) {
    return db::Attempt<Objection>(ports_.database, tenant.id, [&](db::Transaction& tx) {
        return DecideIn(tx, tenant, id, is_right, reason);
    });
}

void Objections::Note(db::Transaction& tx, const Tenant& tenant, const Objection& opened) {
    ObjectionRepository::Add(tx, opened);
    Dunning::Clear(ports_, tx, tenant, opened.account, ports_.time.CivilNow(tenant));
    tx.Touch(SubjectOf(opened.account));
}

Result<Objection> Objections::DecideIn(db::Transaction& tx, const Tenant& tenant, ObjectionId id,
                                       bool is_right, const std::string& reason) {
    Objection decided = LIVERY_TRY(Close(tx, tenant, id, is_right, reason));
    if (ports_.follower) ports_.follower->Decided(tx, tenant, id.uuid(), is_right);
    return decided;
}

Result<Objection> Objections::Close(db::Transaction& tx, const Tenant& tenant, ObjectionId id,
                                    bool is_right, const std::string& reason) {
    LIVERY_TRY(CheckReason(reason));
    const CivilTime now = ports_.time.CivilNow(tenant);
    const auto open = ObjectionRepository::FindOpen(tx, id);
    if (!open) return NotFound("error.not_found");
    // The account's invoices before anything of payments, everywhere.
    ports_.invoicing.LockOwed(tx, open->account);
    if (!ObjectionRepository::Close(tx, id, is_right, reason, ports_.clock.Now()))
        return NotFound("error.not_found");
    if (is_right) {
        const auto note = Credit(tx, *open, now);
        // All of it was given back already, by another note.
        const bool is_given_back = !note && note.error().message == "error.line_credited";
        if (!note && !is_given_back) return note.error();
    }
    Dunning::Clear(ports_, tx, tenant, open->account, now);
    tx.Touch(SubjectOf(open->account));
    return *open;
}

Result<InvoiceId> Objections::Credit(db::Transaction& tx, const Objection& objection,
                                     CivilTime now) {
    if (!objection.line)
        return ports_.invoicing.CreditOwed(tx, objection.account,
                                           {objection.invoice, objection.amount}, now);
    LIVERY_CHECK(lines_ != nullptr, "an objection to a line, and nobody knows lines");
    return lines_->Credit(tx, objection.account, *objection.line, objection.amount, now);
}

}  // namespace livery::payments
