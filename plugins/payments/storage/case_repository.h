#pragma once

#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/time/frequency.h>

#include "domain/payment.h"

namespace livery::payments {

// What waits for a person.
struct Case {
    PaymentId payment;
    std::string kind;  // "other_amount", "unresolved", …
    Instant opened_at{};
};

class CaseRepository {
 public:
    // Once: the same case again changes nothing, also when it was closed.
    static void Open(db::Transaction& tx, const Case& opened);
    static std::vector<Case> ListOpen(db::Database& database, const TenantId& tenant);
    // All that are open about the payment.
    static void Close(db::Transaction& tx, PaymentId payment, Instant now, UserId by,
                      const std::string& answer);
};

// Receipts and their numbers: RC-2026-000001, one series for each year of a tenant, without gaps.
struct Receipt {
    AccountId account;
    PaymentId payment;
    std::optional<Uuid> refund;
    CivilTime made_at{};
    Money amount;
};

class ReceiptRepository {
 public:
    // The number that it got. Everybody else waits for the series until the transaction ends: call
    // it last.
    static std::string Add(db::Transaction& tx, const Receipt& receipt);
};

}  // namespace livery::payments
