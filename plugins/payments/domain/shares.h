#pragma once

#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/result.h>
#include <livery/time/instant.h>

namespace livery::payments {

struct OwedInvoice {
    InvoiceId id;
    Date due_on{};
    Money balance;
    std::string number = {};
};

struct Share {
    InvoiceId invoice;
    Money amount;
    std::string number = {};  // of the invoice, for people; "" = it was not known
    bool operator==(const Share& other) const {
        return invoice == other.invoice && amount == other.amount;
    }
};

struct Shares {
    std::vector<Share> parts;
    Money rest;  // the account's credit
};

// One payment over several invoices: the oldest due first, the earlier invoice among equals; the
// last may be paid in part (PA-11). Invoices of another currency get nothing of it.
Shares ShareOut(const Money& paid, std::vector<OwedInvoice> owed);

// Whether what somebody chose to pay can be paid: each invoice once, owed, in one currency, and no
// more than is owed of it. kInvalidArgument on `amount` or `invoices`. In the order of `chosen`,
// with their numbers.
Result<std::vector<Share>> CheckChoice(const std::vector<Share>& chosen,
                                       const std::vector<OwedInvoice>& owed);

Money SumOf(const std::vector<Share>& shares);  // of at least one

}  // namespace livery::payments
