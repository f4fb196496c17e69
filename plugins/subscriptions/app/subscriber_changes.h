#pragma once

#include <livery/ports/subscription_changes.h>

#include "app/agreement_desk.h"

namespace livery::subscriptions {

// SubscriptionChanges for the plugins in which somebody changes his mind. A plan that is not
// offered to the account is refused also when it is asked for by name. Thread: any.
class SubscriberChanges final : public SubscriptionChanges {
 public:
    SubscriberChanges(AgreementDesk& desk, CatalogSource& catalogs, BillingProfiles& profiles)
        : desk_(desk), catalogs_(catalogs), profiles_(profiles) {}

    Result<SubscriptionChanged> Change(db::Transaction& tx, AccountId account, SubscriptionId id,
                                       const SubscriptionChange& change, CivilTime now) override;
    Result<SubscriptionChoices> ChoicesOf(db::Transaction& tx, AccountId account, SubscriptionId id,
                                          CivilTime now) override;

 private:
    Result<void> CheckOffered(db::Transaction& tx, const std::string& plan,
                              const std::string& account_class);

    AgreementDesk& desk_;
    CatalogSource& catalogs_;
    BillingProfiles& profiles_;
};

}  // namespace livery::subscriptions
