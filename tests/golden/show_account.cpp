#include <map>
#include <set>

#include <fmt/format.h>

#include "show.h"

namespace livery::golden {

using invoices::Document;
using invoices::DocumentKind;

Value ShowAccount(const World& world, const AccountSetup& account) {
    Value balance = Value::Map();
    Value credit = Value::Map();
    balance.only = credit.only = true;
    std::int64_t open = 0;
    std::int64_t count = 0;
    const auto& books = world.store().state().books;
    const auto book = books.find(account.profile.account);
    if (book != books.end()) {
        std::set<Currency> currencies;
        for (const Document& document : book->second.documents()) {
            currencies.insert(document.currency);
            count += document.number.empty() ? 0 : 1;
            open += document.Balance().minor_units() > 0 ? 1 : 0;
        }
        for (const Currency currency : currencies)
            balance.Put(std::string(currency.code()), book->second.BalanceIn(currency).ToDecimal());
        for (const auto& [currency, amount] : book->second.credit())
            credit.Put(std::string(currency.code()), amount.ToDecimal());
    }
    Value value = Value::Map();
    value.Put("balance", std::move(balance)).Put("credit", std::move(credit));
    value.Put("open_invoices", std::to_string(open)).Put("documents", std::to_string(count));
    ShowStanding(world, account.profile.account, value);
    return value;
}

namespace {

// Numbers are counted by year: INV-2026-000001.
struct Numbered {
    std::string series;
    std::int64_t place = 0;
};

Numbered PlaceOf(const std::string& number) {
    const auto dash = number.rfind('-');
    return {number.substr(0, dash), std::stoll(number.substr(dash + 1))};
}

}  // namespace

Value ShowNumbers(const World& world) {
    std::map<std::string, std::set<std::int64_t>> places;  // by series
    std::int64_t invoices = 0;
    std::int64_t drafts = 0;
    std::int64_t repeated = 0;
    for (const auto& [account, book] : world.store().state().books) {
        for (const Document& document : book.documents()) {
            if (document.number.empty()) {
                ++drafts;
            } else if (document.kind == DocumentKind::kInvoice) {
                const Numbered number = PlaceOf(document.number);
                ++(places[number.series].insert(number.place).second ? invoices : repeated);
            }
        }
    }
    std::int64_t gaps = 0;
    std::int64_t last = 0;
    std::string newest;
    for (const auto& [series, taken] : places) {
        gaps += *taken.rbegin() - static_cast<std::int64_t>(taken.size());
        last = std::max(last, *taken.rbegin());
        newest = fmt::format("{}-{:06}", series, *taken.rbegin());
    }
    Value value = Value::Map();
    value.Put("invoices", std::to_string(invoices));
    value.Put("last", Value::Text(std::to_string(last), newest));
    value.Put("gaps", std::to_string(gaps)).Put("repeated", std::to_string(repeated));
    value.Put("without_number", std::to_string(drafts));
    return value;
}

}  // namespace livery::golden
