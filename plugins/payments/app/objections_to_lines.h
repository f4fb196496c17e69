#pragma once

#include <livery/ports/invoice_lines.h>
#include <livery/ports/line_objections.h>

#include "app/objections.h"

namespace livery::payments {

// Objections to single lines, for other plugins, in their transactions.
class ObjectionsToLines final : public LineObjections {
 public:
    ObjectionsToLines(Objections& objections, const PaymentPorts& ports, InvoiceLines& lines)
        : objections_(objections), ports_(ports), lines_(lines) {}
    Result<Disputed> Look(db::Transaction& tx, const Tenant& tenant, AccountId account,
                          InvoiceLineId line) override;
    Result<Disputed> Open(db::Transaction& tx, const Tenant& tenant, AccountId account,
                          InvoiceLineId line, const std::string& reason) override;
    std::optional<State> StateOf(db::Transaction& tx, const Uuid& objection) override;
    Result<void> Decide(db::Transaction& tx, const Tenant& tenant, const Uuid& objection,
                        bool customer_is_right, const std::string& answer) override;

 private:
    struct Checked {
        InvoiceId invoice;
        Disputed disputed;
    };
    Result<Checked> Check(db::Transaction& tx, AccountId account, InvoiceLineId line);

    Objections& objections_;
    const PaymentPorts& ports_;
    InvoiceLines& lines_;
};

}  // namespace livery::payments
