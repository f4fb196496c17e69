#pragma once

#include <functional>

#include <livery/ports/billing.h>
#include <livery/result.h>

#include "domain/agreement_changes.h"
#include "storage/agreement_store.h"

namespace livery::subscriptions {

// The use cases that change what was agreed: a transition of domain/agreement_changes.h, in the
// caller's transaction. A subscription of another account is not found. Thread: any.
class AgreementDesk final : public SubscriptionTimelines, public SubscriptionSales {
 public:
    AgreementDesk(CatalogSource& catalogs, BillingProfiles& profiles, AgreementStore& store,
                  IdSource& ids)
        : catalogs_(catalogs), profiles_(profiles), store_(store), ids_(ids) {}

    Result<SubscriptionId> Subscribe(db::Transaction& tx, AccountId account,
                                     const SubscriptionRequest& request, CivilTime at) override;
    Result<void> Check(db::Transaction& tx, AccountId account, const SubscriptionRequest& request,
                       CivilTime at) override;

    // Locked; an add-on as it follows its base. Throws CatalogRewritesPast of a plan that the
    // catalog lost.
    Result<Agreement> Owned(db::Transaction& tx, AccountId account, SubscriptionId id);
    // The transition gets the agreement and its catalog.
    using Transition = std::function<Result<Agreement>(Agreement, const billing::Catalog&)>;
    Result<void> Change(db::Transaction& tx, AccountId account, SubscriptionId id,
                        const Transition& transition);
    // kInvalidArgument: not positive. kConflict: not running then.
    struct Use {
        std::string meter;
        Decimal units;
        CivilTime at;
    };
    Result<void> RecordUse(db::Transaction& tx, AccountId account, SubscriptionId id,
                           const Use& use);

    std::vector<billing::Timeline> Of(db::Transaction& tx, AccountId account,
                                      CivilTime as_of) override;
    std::vector<billing::Timeline> OfRange(db::Transaction& tx, AccountId first, AccountId last,
                                           CivilTime as_of, For what) override;

 private:
    Result<Agreement> Begun(db::Transaction& tx, AccountId account,
                            const SubscriptionRequest& request, CivilTime at);
    // Everything that these agreements hold, or held, is in use.
    void NoteUse(db::Transaction& tx, const billing::Catalog& catalog,
                 const std::vector<Agreement>& agreements, Date today);

    CatalogSource& catalogs_;
    BillingProfiles& profiles_;
    AgreementStore& store_;
    IdSource& ids_;
};

}  // namespace livery::subscriptions
