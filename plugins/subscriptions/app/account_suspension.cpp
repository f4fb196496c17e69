#include "app/account_suspension.h"

namespace livery::subscriptions {

namespace {

constexpr const char* kUnpaid = "unpaid";

}  // namespace

// What cannot be changed so (it is over, paused already, or follows its base) stays as it is.
std::vector<SubscriptionId> AccountSuspension::ChangeAll(db::Transaction& tx, AccountId account,
                                                         const SubscriptionChange& change,
                                                         CivilTime now) {
    std::vector<SubscriptionId> changed;
    for (const Agreement& agreement : store_.OfAccount(tx, account)) {
        if (changes_->Change(tx, account, agreement.id, change, now))
            changed.push_back(agreement.id);
    }
    return changed;
}

std::vector<SubscriptionId> AccountSuspension::Suspend(db::Transaction& tx, AccountId account,
                                                       CivilTime now) {
    return ChangeAll(tx, account, {SubscriptionChange::Pause{}}, now);
}

void AccountSuspension::Resume(db::Transaction& tx, AccountId account,
                               const std::vector<SubscriptionId>& suspended, CivilTime now) {
    // One that was ended, or resumed by staff meanwhile, has nothing to be resumed.
    for (const SubscriptionId id : suspended)
        (void)changes_->Change(tx, account, id, {SubscriptionChange::Resume{}}, now);
}

void AccountSuspension::EndAtTerm(db::Transaction& tx, AccountId account, CivilTime now) {
    ChangeAll(tx, account, {SubscriptionChange::Cancel{false, kUnpaid}}, now);
}

}  // namespace livery::subscriptions
