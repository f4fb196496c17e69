#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/payment.h"

namespace livery::payments {

// Payments as they are kept. Whoever changes one has locked its account's invoices first, then it:
// everywhere in this order.
class PaymentRepository {
 public:
    static void Add(db::Transaction& tx, const Payment& payment);
    static void Save(db::Transaction& tx, const Payment& payment);
    // Whether another payment of the same instance has that id of the provider.
    static bool IsTaken(db::Transaction& tx, const Payment& payment,
                        const std::string& provider_id);
    static bool IsKnown(db::Transaction& tx, const std::string& reference);
    static std::optional<Payment> Lock(db::Transaction& tx, PaymentId id);
    // Whose it is, without a lock: that never changes.
    static std::optional<AccountId> AccountOf(db::Transaction& tx, PaymentId id);
    static std::optional<Payment> Find(db::Database& database, const TenantId& tenant,
                                       PaymentId id);
    // How often it was looked at; nullopt: there is none.
    static std::optional<int> LooksAt(db::Database& database, const TenantId& tenant, PaymentId id);
    // Of all accounts, or one; newest first by their ids, after `before`.
    static std::vector<Payment> Page(db::Database& database, const TenantId& tenant,
                                     std::optional<AccountId> account,
                                     std::optional<PaymentId> before, std::size_t most);
    // By what a provider calls it: its own id there, or our reference.
    static std::optional<Payment> ByProvider(db::Database& database, const TenantId& tenant,
                                             const std::string& instance,
                                             const std::string& provider_id,
                                             const std::string& reference);
    // Of an instance, with money, that began in this time.
    static std::vector<Payment> TakenBetween(db::Database& database, const TenantId& tenant,
                                             const std::string& instance, Instant from,
                                             Instant until);
    // Those that are to be looked up by then, the longest due first.
    static std::vector<Payment> Due(db::Database& database, const TenantId& tenant, Instant now,
                                    std::size_t most);
    // Of the account: taken, and days later not.
    static std::vector<PaymentId> FailedLate(db::Transaction& tx, AccountId account);
    // In the order of their ids, after `after`.
    static std::vector<Payment> InState(db::Database& database, const TenantId& tenant,
                                        PaymentState state, PaymentId after, std::size_t most);
    // What is due is to be looked up then, not now.
    static void Postpone(db::Transaction& tx, PaymentId id, Instant until);
};

}  // namespace livery::payments
