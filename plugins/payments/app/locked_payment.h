#pragma once

#include <functional>

#include <livery/db/attempt.h>

#include "app/payment_desk.h"
#include "storage/payment_repository.h"

namespace livery::payments {

template <class T>
using WithLockedPayment = std::function<Result<T>(db::Transaction& tx, Payment& payment)>;

// Does `work` with a payment, with its account's invoices and then it locked, and keeps what `work`
// made of it. kNotFound `error.not_found`: no such payment; otherwise what `work` says, and then
// the transaction must not commit.
template <class T>
Result<T> WithPaymentIn(db::Transaction& tx, const PaymentPorts& ports, PaymentId id,
                        const WithLockedPayment<T>& work) {
    const auto account = PaymentRepository::AccountOf(tx, id);
    if (!account) return NotFound("error.not_found");
    // The account's invoices before its payments, everywhere.
    ports.invoicing.LockOwed(tx, *account);
    auto payment = PaymentRepository::Lock(tx, id);
    if (!payment) return NotFound("error.not_found");
    Result<T> done = work(tx, *payment);
    if (!done) return done;
    PaymentRepository::Save(tx, *payment);
    tx.Touch(SubjectOf(*account));
    return done;
}

// The same in a transaction of its own.
template <class T>
Result<T> WithPayment(const PaymentPorts& ports, const Tenant& tenant, PaymentId id,
                      const WithLockedPayment<T>& work) {
    return db::Attempt<T>(ports.database, tenant.id, [&](db::Transaction& tx) {
        return WithPaymentIn<T>(tx, ports, id, work);
    });
}

}  // namespace livery::payments
