#pragma once

#include "storage/book_store.h"

namespace livery::invoices {

// For tenants that report in the currency they invoice in.
class NoReportRates final : public ReportRates {
 public:
    std::optional<ReportRate> RateOf(db::Transaction&, Currency) override { return std::nullopt; }
};

}  // namespace livery::invoices
