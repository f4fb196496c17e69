#include "app/account_batch.h"

namespace livery::invoices {

AccountBatch::Profiles::Profiles(BillingProfiles& others, db::Transaction& tx, const Range& range)
    : others_(others) {
    for (BillingProfile& profile : others.OfRange(tx, range.first, range.last))
        known_.emplace(profile.account, std::move(profile));
}

Result<BillingProfile> AccountBatch::Profiles::Of(db::Transaction& tx, AccountId account) {
    const auto found = known_.find(account);
    if (found == known_.end()) return others_.Of(tx, account);
    return found->second;
}

std::vector<BillingProfile> AccountBatch::Profiles::OfRange(db::Transaction& tx, AccountId first,
                                                            AccountId last) {
    return others_.OfRange(tx, first, last);
}

AccountBatch::Timelines::Timelines(SubscriptionTimelines& others, db::Transaction& tx,
                                   const Range& range, CivilTime as_of)
    : others_(others), range_(range), as_of_(as_of) {
    for (billing::Timeline& timeline :
         others.OfRange(tx, range.first, range.last, as_of, For::kCharging))
        known_[timeline.account].push_back(std::move(timeline));
}

std::vector<billing::Timeline> AccountBatch::Timelines::Of(db::Transaction& tx, AccountId account,
                                                           CivilTime as_of) {
    const bool known = range_.first <= account && account <= range_.last && as_of == as_of_;
    return known ? known_[account] : others_.Of(tx, account, as_of);
}

std::vector<billing::Timeline> AccountBatch::Timelines::OfRange(db::Transaction& tx,
                                                                AccountId first, AccountId last,
                                                                CivilTime as_of, For what) {
    return others_.OfRange(tx, first, last, as_of, what);
}

void AccountBatch::Entries::Post(db::Transaction&,
                                 const std::vector<billing::JournalEntry>& entries) {
    waiting.insert(waiting.end(), entries.begin(), entries.end());
}

AccountBatch::AccountBatch(const BillingPorts& ports, db::Transaction& tx, const Range& range,
                           CivilTime as_of)
    : ledger_(ports.ledger),
      profiles_(ports.profiles, tx, range),
      timelines_(ports.timelines, tx, range, as_of),
      own_{ports.catalogs, profiles_, timelines_,  ports.taxes,
           entries_,       books_,    ports.rates, ports.ids} {
    books_.Preload(tx, {range.first, range.last});
}

void AccountBatch::Flush(db::Transaction& tx) {
    books_.Flush(tx);
    if (!entries_.waiting.empty()) ledger_.Post(tx, entries_.waiting);
    entries_.waiting.clear();
}

}  // namespace livery::invoices
