#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/time/frequency.h>

namespace livery::billing {

// Double entry, as values. An entry books one fact; its postings add up to zero in each currency.

enum class LedgerAccount {
    kReceivable,      // per customer: what is owed to us
    kCustomerCredit,  // per customer: what we owe
    kRevenue,
    kTax,
    kCash,
    kGoodwill,  // credit granted without a charge
    kBadDebt,
    kIntercompany,  // between a parent account and the children it pays for
};
std::string_view ToString(LedgerAccount account);

struct Posting {
    LedgerAccount account = LedgerAccount::kCash;
    std::optional<AccountId> customer;
    Money amount;  // debit positive, credit negative
};

struct JournalEntry {
    std::string fact;  // "invoice_issued": what happened
    std::optional<InvoiceId> document;
    CivilTime at{};
    std::vector<Posting> postings;

    bool IsBalanced() const;
};

}  // namespace livery::billing
