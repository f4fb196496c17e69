#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/time/frequency.h>

namespace livery::invoices {

// One thing that changed what an account owes, as the journal has it.
struct StatementEntry {
    CivilTime at{};
    std::string fact;  // "issued", "paid", …
    std::optional<InvoiceId> document;
    Money amount;
};

// A statement of account in one currency: what was owed at the beginning, what changed it, what is
// owed at the end. opening + Σ entries = closing; each balance is the one after its entry. Less
// than nothing is credit.
struct AccountStatement {
    struct Row {
        StatementEntry entry;
        Money balance;
    };
    Currency currency;
    Money opening;
    std::vector<Row> rows;
    Money closing;
};

// One per currency, by its code, from all entries before the end of the range in their order.
std::vector<AccountStatement> StatementsOf(const std::vector<StatementEntry>& entries,
                                           CivilTime from);

}  // namespace livery::invoices
