#pragma once

#include <string>
#include <vector>

#include "app/payment_desk.h"

namespace livery::payments {

// Money that came another way: cash, a cheque, a transfer. The staff write it down; it is booked at
// once, with a receipt, for chosen invoices or the oldest, and what is over is the account's
// credit.
struct HandPayment {
    AccountId account;
    Money amount;
    std::string reference;  // of the payer; unique in the tenant
    std::vector<Share> parts = {};
};
// kInvalidArgument on `amount`, `reference`, `invoices`. kConflict `error.payment_known`: the
// reference was written down before. kConflict `error.under_way`: one of the invoices is being
// paid.
Result<Payment> WriteDown(const PaymentPorts& ports, const Tenant& tenant,
                          const HandPayment& wanted);
// The same as a part of the caller's transaction; `now` is the tenant's. Of `Tell::kNobody` there
// is no letter: it was paid long ago.
enum class Tell { kPayer, kNobody };
Result<Payment> WriteDownIn(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                            const HandPayment& wanted, CivilTime now, Tell tell = Tell::kPayer);

// What is under way for an invoice may still come: whoever takes money for it as well takes it
// twice. The staff are told, and can wait or end the other one. `owed`: all of the account.
// kConflict `error.under_way`.
Result<void> CheckUnderWay(db::Transaction& tx, const Money& amount,
                           const std::vector<Share>& parts,
                           const std::vector<Invoicing::Owed>& owed);

}  // namespace livery::payments
