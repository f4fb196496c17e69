#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/time/frequency.h>

#include "domain/refund.h"

namespace livery::payments {

// What waits for a person.
struct Case {
    PaymentId payment;
    std::string kind;  // "other_amount", "unresolved", …
    Instant opened_at{};
    std::optional<RefundId> refund = {};  // that it is about

    // As its place in a list, and its name for programs.
    std::string ToString() const;
    static std::optional<Case> Parse(std::string_view text);
};

class CaseRepository {
 public:
    // Once: the same case again changes nothing, also when it was closed.
    static void Open(db::Transaction& tx, const Case& opened);
    // The same, but one that was closed is open again: something new has happened.
    static void OpenAgain(db::Transaction& tx, const Case& opened);
    // By when they were opened, those after one of them.
    static std::vector<Case> ListOpen(db::Database& database, const TenantId& tenant,
                                      const std::optional<Case>& after, std::size_t most);
    struct Answer {
        Instant at{};
        std::string_view by;  // a person, by name
        std::string_view reason;
    };
    // The payments of an account with an open case of that kind.
    static std::vector<PaymentId> OpenOf(db::Transaction& tx, AccountId account,
                                         std::string_view kind);
    enum class State : std::uint8_t { kNone, kOpen, kClosed };
    static State Of(db::Transaction& tx, const Case& one);
    // All that are open about the payment itself.
    static void Close(db::Transaction& tx, PaymentId payment, const Answer& answer);
    // One of them; false: it is not open.
    static bool CloseOne(db::Transaction& tx, const Case& closed, const Answer& answer);
    // The same, but not one that was opened at another time.
    static bool CloseNamed(db::Transaction& tx, const Case& closed, const Answer& answer);
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
    static std::optional<Receipt> Find(db::Database& database, const TenantId& tenant,
                                       const std::string& number);
};

}  // namespace livery::payments
