#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/result.h>
#include <livery/time/frequency.h>

namespace livery {

// Single lines of invoices for who decides about them. Provided by `invoices`; called inside a
// transaction of the caller. Thread: any.
class InvoiceLines {
 public:
    static constexpr std::string_view kPortId = "livery.invoice_lines/1";
    virtual ~InvoiceLines();
    struct Found {
        InvoiceId invoice;
        std::string number;
        std::string text;  // what the line is for
        Money left;        // with tax: what nobody has given back of it
    };
    // nullopt: no such line of a final invoice of the account. Its invoices are locked from then
    // on.
    virtual std::optional<Found> Lock(db::Transaction& tx, AccountId account,
                                      InvoiceLineId line) = 0;
    // A credit note on this line alone (Invoicing::CreditOwed: on all lines of its invoice), of so
    // much with tax, or of what is left of it where that is less. kConflict `error.line_credited`:
    // nothing is, or nobody claims its invoice any more.
    virtual Result<InvoiceId> Credit(db::Transaction& tx, AccountId account, InvoiceLineId line,
                                     const Money& amount, CivilTime now) = 0;
};

}  // namespace livery
