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
    std::string number = {};  // of the document; "" when it has none

    bool operator==(const StatementEntry&) const = default;
};

// A statement of account in one currency: what was owed at the beginning, what changed it, what is
// owed at the end. opening + Σ entries = closing; each balance is the one after its entry. Less
// than nothing is credit.
struct AccountStatement {
    struct Row {
        StatementEntry entry;
        Money balance;
        bool operator==(const Row&) const = default;
    };
    Currency currency;
    Money opening;
    std::vector<Row> rows;
    Money closing;

    bool operator==(const AccountStatement&) const = default;
};

// One per currency, by its code: of each that is opened, though nothing changed it since, and of
// each that an entry is in. `openings` are at most one per currency; `entries` in their order.
std::vector<AccountStatement> StatementsOf(const std::vector<Money>& openings,
                                           const std::vector<StatementEntry>& entries);

}  // namespace livery::invoices
