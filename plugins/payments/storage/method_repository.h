#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/method.h"

namespace livery::payments {

class MethodRepository {
 public:
    static void Add(db::Transaction& tx, const PaymentMethod& method);
    static void Save(db::Transaction& tx, const PaymentMethod& method);
    static std::vector<PaymentMethod> LockAll(db::Transaction& tx, AccountId account);
    static std::vector<PaymentMethod> OfAccount(db::Database& database, const TenantId& tenant,
                                                AccountId account);
    static std::vector<PaymentMethod> OfAccount(db::Transaction& tx, AccountId account);
    static std::optional<PaymentMethod> Find(db::Transaction& tx, MethodId id);
    static std::optional<PaymentMethod> Find(db::Database& database, const TenantId& tenant,
                                             MethodId id);
    static std::optional<PaymentMethod> ByProvider(db::Database& database, const TenantId& tenant,
                                                   const std::string& instance,
                                                   const std::string& provider_id,
                                                   const std::string& reference);
    static std::vector<PaymentMethod> Due(db::Database& database, const TenantId& tenant,
                                          Instant now, std::size_t most);
    // What is due is to be looked up then, not now.
    static void Postpone(db::Transaction& tx, MethodId id, Instant until);
    // Accounts with a method that is good until the day before, by their ids.
    static std::vector<AccountId> ExpiringOn(db::Database& database, const TenantId& tenant,
                                             Date day, AccountId after, std::size_t most);
};

}  // namespace livery::payments
