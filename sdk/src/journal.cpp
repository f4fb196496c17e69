#include <map>

#include <livery/billing/journal.h>

namespace livery::billing {

std::string_view ToString(LedgerAccount account) {
    switch (account) {
        case LedgerAccount::kReceivable:
            return "receivable";
        case LedgerAccount::kCustomerCredit:
            return "customer_credit";
        case LedgerAccount::kRevenue:
            return "revenue";
        case LedgerAccount::kTax:
            return "tax";
        case LedgerAccount::kCash:
            return "cash";
        case LedgerAccount::kGoodwill:
            return "goodwill";
        case LedgerAccount::kBadDebt:
            return "bad_debt";
        case LedgerAccount::kIntercompany:
            return "intercompany";
    }
    return "";
}

bool JournalEntry::IsBalanced() const {
    std::map<Currency, Money> sums;
    for (const Posting& posting : postings) {
        const auto [sum, fresh] = sums.try_emplace(posting.amount.currency(), posting.amount);
        if (!fresh) sum->second = sum->second + posting.amount;
    }
    for (const auto& [currency, sum] : sums) {
        if (sum.minor_units() != 0) return false;
    }
    return true;
}

}  // namespace livery::billing
