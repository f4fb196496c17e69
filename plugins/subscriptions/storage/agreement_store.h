#pragma once

#include <map>
#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/agreement.h"

namespace livery::subscriptions {

// Where agreements are kept, as they were agreed (what an add-on has of its base is not): MariaDB
// in the product, memory where a year is lived in milliseconds. Always inside a transaction; what
// it does not commit did not happen.
class AgreementStore {
 public:
    virtual ~AgreementStore() = default;
    // Locked until the transaction ends.
    virtual std::optional<Agreement> Find(db::Transaction& tx, SubscriptionId id) = 0;
    virtual std::vector<Agreement> OfAccount(db::Transaction& tx, AccountId account) = 0;
    // Of a range of accounts, both ends included; not locked.
    virtual std::vector<Agreement> InRange(db::Transaction& tx, AccountId first,
                                           AccountId last) = 0;
    virtual std::map<SubscriptionId, std::vector<UsageOfMeter>> UsageInRange(db::Transaction& tx,
                                                                             AccountId first,
                                                                             AccountId last) = 0;
    virtual void Save(db::Transaction& tx, const Agreement& agreement) = 0;
    virtual std::vector<UsageOfMeter> UsageOf(db::Transaction& tx, SubscriptionId id) = 0;
    virtual void AddUsage(db::Transaction& tx, SubscriptionId id, const std::string& meter,
                          const billing::Usage& usage) = 0;
};

}  // namespace livery::subscriptions
