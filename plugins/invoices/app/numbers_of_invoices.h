#pragma once

#include <livery/ports/invoice_numbers.h>

#include "storage/number_repository.h"

namespace livery::invoices {

// InvoiceNumbers for other plugins.
class NumbersOfInvoices final : public InvoiceNumbers {
 public:
    explicit NumbersOfInvoices(db::Database& database) : database_(database) {}
    std::map<InvoiceId, std::string> Of(const TenantId& tenant,
                                        const std::vector<InvoiceId>& invoices) override {
        return NumberRepository::Of(database_, tenant, invoices);
    }

 private:
    db::Database& database_;
};

}  // namespace livery::invoices
