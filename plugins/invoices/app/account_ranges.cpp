#include "app/account_ranges.h"

#include "storage/invariant_repository.h"

namespace livery::invoices {

namespace {

constexpr std::size_t kTogether = 1000;

AccountId LastOfAll() {
    Uuid last;
    last.bytes.fill(0xFF);
    return AccountId(last);
}

}  // namespace

void ForEachRange(db::Transaction& tx,
                  const std::function<void(AccountId after, AccountId last)>& each) {
    for (AccountId after;;) {
        const auto accounts = InvariantRepository::Accounts(tx, after, kTogether);
        const bool more = accounts.size() == kTogether;
        const AccountId last = more ? accounts.back() : LastOfAll();
        each(after, last);
        if (!more) return;
        after = last;
    }
}

}  // namespace livery::invoices
