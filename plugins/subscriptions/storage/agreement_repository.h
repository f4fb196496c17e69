#pragma once

#include "domain/agreement_list.h"
#include "storage/agreement_store.h"

namespace livery::subscriptions {

// What one look at the database found of an account; the terms, which cost most, are read of those
// alone that somebody asks for.
class OwnedAgreements {
 public:
    explicit OwnedAgreements(db::Rows rows) : rows_(std::move(rows)) {}
    std::vector<BundleMember> Members() const;
    Agreement At(std::size_t place) const;  // as in Members()
    std::vector<Agreement> All() const;

 private:
    db::Rows rows_;
};

// Agreements on the database. What is dated inside one (choices, anchors, pauses) is one JSON text:
// it is only ever read and written as a whole.
class AgreementRepository final : public AgreementStore {
 public:
    explicit AgreementRepository(IdSource& ids) : ids_(ids) {}
    std::optional<Agreement> Find(db::Transaction& tx, SubscriptionId id) override;
    std::vector<Agreement> OfAccount(db::Transaction& tx, AccountId account) override;
    std::vector<Agreement> InRange(db::Transaction& tx, AccountId first, AccountId last) override;
    std::map<SubscriptionId, std::vector<UsageOfMeter>> UsageInRange(db::Transaction& tx,
                                                                     AccountId first,
                                                                     AccountId last) override;
    // For a page that only reads: one round trip.
    static std::vector<Agreement> ListOwned(db::Database& database, const TenantId& tenant,
                                            AccountId account);
    static OwnedAgreements ReadOwned(db::Database& database, const TenantId& tenant,
                                     AccountId account);
    // An add-on comes with its base, from the same query.
    struct Listed {
        Agreement agreement;
        std::optional<Agreement> base;
    };
    // Of the whole tenant, for its own programs: the newest first.
    struct TenantQuery {
        std::optional<AccountId> account;
        std::optional<SubscriptionId> before;  // the last one of the page before
        std::size_t limit = 25;
    };
    static std::vector<Listed> ListOfTenant(db::Database& database, const TenantId& tenant,
                                            const TenantQuery& query);
    static std::optional<Listed> FindOfTenant(db::Database& database, const TenantId& tenant,
                                              SubscriptionId id);
    void Save(db::Transaction& tx, const Agreement& agreement) override;
    std::vector<UsageOfMeter> UsageOf(db::Transaction& tx, SubscriptionId id) override;
    void AddUsage(db::Transaction& tx, SubscriptionId id, const std::string& meter,
                  const billing::Usage& usage) override;

 private:
    IdSource& ids_;
};

}  // namespace livery::subscriptions
