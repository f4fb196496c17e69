#pragma once

#include <map>
#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/refund.h"

namespace livery::payments {

class RefundRepository {
 public:
    static void Add(db::Transaction& tx, const Refund& refund);
    static void Save(db::Transaction& tx, const Refund& refund);
    static std::optional<Refund> Lock(db::Transaction& tx, RefundId id);
    // What it is of, without a lock: that never changes.
    static std::optional<PaymentId> PaymentOf(db::Transaction& tx, RefundId id);
    // The last of the payment's keys in that series: what the next one's is derived from.
    static int LastOf(db::Transaction& tx, PaymentId payment, AttemptKey::Kind series);
    // What we have given back of it, one by one.
    static std::vector<Refund> GivenOf(db::Transaction& tx, PaymentId payment);
    // What of the account's payments is on its way back, in the order in which it was begun.
    static std::vector<Refund> OnTheirWay(db::Transaction& tx, AccountId account);
    // What we have given back of it.
    static Money RefundedOf(db::Transaction& tx, const Payment& payment);
    // What its payer's bank took back of it, less what it gave us again.
    static Money ChargedBackOf(db::Transaction& tx, const Payment& payment);
    static std::vector<Refund> OfPayment(db::Transaction& tx, PaymentId payment);
    static std::vector<Refund> OfPayment(db::Database& database, const TenantId& tenant,
                                         PaymentId payment);
    // Of the account's payments with ids from `first` to `last`.
    static std::multimap<PaymentId, Refund> OfPayments(db::Database& database,
                                                       const TenantId& tenant, AccountId account,
                                                       PaymentId first, PaymentId last);
    static std::optional<Refund> Find(db::Database& database, const TenantId& tenant, RefundId id);
    // Of all accounts, or one; newest first by their ids, after `before`.
    static std::vector<Refund> Page(db::Database& database, const TenantId& tenant,
                                    std::optional<AccountId> account,
                                    std::optional<RefundId> before, std::size_t most);
    static std::vector<Refund> Due(db::Database& database, const TenantId& tenant, Instant now,
                                   std::size_t most);
    // Payments of the account of which its bank has taken something back, and not given it again.
    static std::vector<PaymentId> HeldByBank(db::Transaction& tx, AccountId account);
    // Those of which something was given back at the provider's own pages.
    static std::vector<PaymentId> GivenByProvider(db::Transaction& tx, AccountId account);
    // What is due is to be looked up then, not now.
    static void Postpone(db::Transaction& tx, RefundId id, Instant until);
    // Ids of providers are their own: two gateways may use the same.
    static std::optional<Refund> ByProvider(db::Database& database, const TenantId& tenant,
                                            const std::string& instance,
                                            const std::string& provider_id,
                                            const std::string& reference);
};

}  // namespace livery::payments
