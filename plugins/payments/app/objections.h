#pragma once

#include <string>

#include <livery/ports/invoice_lines.h>

#include "app/payment_desk.h"
#include "domain/objection.h"

namespace livery::payments {

// What an account says it does not owe: noted by staff, left out of dunning and automatic payment
// while it is open, and decided by a person (DU-04).
class Objections {
 public:
    // `lines`: for those that are about one; nullptr where nobody opens any.
    explicit Objections(const PaymentPorts& ports, InvoiceLines* lines = nullptr)
        : ports_(ports), lines_(lines) {}
    struct Wish {
        AccountId account;
        InvoiceId invoice;
        Money amount;
        std::string reason;
    };
    // kNotFound: it owes no such invoice. kInvalidArgument on `amount`: more than is owed and not
    // objected to already; on `reason`: none.
    Result<Objection> Open(const Tenant& tenant, const Wish& wish);
    // Right: a credit note of the amount; whoever follows objections is told. Wrong: it is dunned
    // again, by its age from the beginning. kNotFound: none that is open. kInvalidArgument on
    // `reason`: none, or too long. Of one that is right, what Invoicing::CreditOwed says.
    Result<Objection> Decide(const Tenant& tenant, ObjectionId id, bool is_right,
                             const std::string& reason);
    Result<Objection> DecideIn(db::Transaction& tx, const Tenant& tenant, ObjectionId id,
                               bool is_right, const std::string& reason);
    // Writes it down as a part of the caller's transaction, its account's invoices locked before.
    void Note(db::Transaction& tx, const Tenant& tenant, const Objection& opened);
    // As DecideIn, and nobody is told.
    Result<Objection> Close(db::Transaction& tx, const Tenant& tenant, ObjectionId id,
                            bool is_right, const std::string& reason);

 private:
    Result<InvoiceId> Credit(db::Transaction& tx, const Objection& objection, CivilTime now);

    const PaymentPorts& ports_;
    InvoiceLines* lines_;
};

}  // namespace livery::payments
