#pragma once

#include <livery/ports/invoice_lines.h>

#include "app/receivables.h"

namespace livery::invoices {

// Lines of invoices for other plugins, in their transactions.
class SingleLines final : public InvoiceLines {
 public:
    explicit SingleLines(const BillingPorts& ports) : ports_(ports), receivables_(ports) {}
    std::optional<Found> Lock(db::Transaction& tx, AccountId account, InvoiceLineId line) override;
    Result<InvoiceId> Credit(db::Transaction& tx, AccountId account, InvoiceLineId line,
                             const Money& amount, CivilTime now) override {
        return receivables_.CreditLine(tx, account, line, amount, now);
    }

 private:
    const BillingPorts& ports_;
    Receivables receivables_;
};

}  // namespace livery::invoices
