#pragma once

#include <functional>

#include <livery/invariant.h>

namespace livery::payments {

// What the tables of payments must always say.
class PaymentInvariantRepository {
 public:
    using Report = std::function<void(Violation)>;
    // I6: what was taken at a provider has its id there and one receipt.
    static void FindUnproved(db::Transaction& tx, const Report& report);
    // I5: no more was given back of a payment than was taken, and what is noted with it is what its
    // refunds add up to.
    static void FindOvergiven(db::Transaction& tx, const Report& report);
    // An invoice is kept for a payment that is under way, and for no other.
    static void FindStuckSlots(db::Transaction& tx, const Report& report);
    // I11: what providers told us was looked up within a day.
    static void FindForgottenEvents(db::Transaction& tx, const Report& report);
    // I12: a provider's list that was begun was read to its end within a day.
    static void FindUnreadLists(db::Transaction& tx, const Report& report);
    // NU-02: receipts are numbered without gaps.
    static void FindReceiptGaps(db::Transaction& tx, const Report& report);
};

}  // namespace livery::payments
