#pragma once

#include <optional>
#include <string>

#include "app/payment_desk.h"
#include "domain/refund.h"

namespace livery::payments {

// The kind of a case: we gave it back, and the payer's bank has taken back what it was given of.
constexpr const char* kLost = "refund_lost";
// It went back, and the books could not follow.
constexpr const char* kNotBooked = "refund_not_booked";
// Something was given back at the provider that nobody here ordered.
constexpr const char* kUnordered = "refund_unordered";
// Whether the books have it as gone: they followed, or a person has put them right by hand.
bool IsBooked(db::Transaction& tx, const Refund& gone);

// Money that goes back. Begun, sent and applied as a payment is (start_payment.h): the amount
// counts as given back from the first of these transactions on.
class Refunds {
 public:
    explicit Refunds(PaymentDesk& desk) : desk_(desk) {}

    struct Wish {
        PaymentId payment;
        Money amount;
        std::string reason;
        // With a credit note of the same amount on this invoice; without one the invoices that the
        // payment had paid are owed again (RP-10).
        std::optional<InvoiceId> noted = {};
    };
    // At the provider; of a payment by hand it is only written down. kNotFound: no such payment.
    // kInvalidArgument on `amount`: more than is left of it, or than the books can give back; on
    // `reason`: none; on `credit_note_on`: not the account's, or no note of so much can be written
    // on it.
    Result<Refund> Give(const Tenant& tenant, const Wish& wish);
    // Its two steps: the attempt, in the caller's transaction, under an id of his; and, with no
    // transaction open, what the provider says to it. What was begun and not sent is found by a
    // lookup, as what was sent and not answered.
    Result<Refund> BeginIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                           RefundId id);
    Result<Refund> Send(const Tenant& tenant, const Refund& begun);
    // What a person says, by name, of one that no machine can tell about, or that the payer's bank
    // has sent back after it was booked: then the money is ours again, and its payer's.
    // kInvalidArgument on `by`, `reason`. kConflict `error.decided`.
    struct Decision {
        RefundId refund;
        bool went_back = false;
        std::string by;
        std::string reason;
    };
    Result<Refund> Decide(const Tenant& tenant, const Decision& decision);
    Result<Refund> DecideIn(db::Transaction& tx, const Tenant& tenant, const Decision& decision);
    // Asks the provider what became of it.
    Result<Refund> LookUp(const Tenant& tenant, const Refund& refund);
    // The same, as the provider has told of it.
    struct Learned {
        bool anything = false;    // what the provider says now (PaymentDesk::Applied)
        bool is_missing = false;  // it knows no such refund
    };
    Result<Learned> Follow(const Tenant& tenant, const Refund& told);
    // Of all that nobody heard the end of: how many were asked about.
    int LookUpDue(const Tenant& tenant);

    // The payer's bank took so much back: the invoices are owed again (PA-02).
    Result<Refund> ChargeBack(const Tenant& tenant, const Wish& wish);
    // And gave it to us again: a payment of its own in the books, a part of this one here.
    Result<Refund> Reverse(const Tenant& tenant, const Wish& wish);
    // One or the other, in the caller's transaction.
    Result<Refund> NoteIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                          RefundKind kind);
    // The provider says how much of it the bank holds now: what that is more or less than before is
    // charged back, or given to us again. What the books cannot follow is a person's case.
    // `looked`: the payment as that was learned; where a later look was followed already, it is
    // history.
    Result<void> FollowBank(const Tenant& tenant, const Payment& looked, const Money& charged_back);
    // The provider says how much of it has gone back in all. What nobody here ordered (somebody did
    // at the provider's own pages) is booked as a refund of ours, where no list of the provider's
    // will name it one by one; where it may be one that we took for failed, a person has a case.
    Result<void> FollowRefunded(const Tenant& tenant, PaymentId payment, const Money& refunded);

 private:
    static Result<void> Check(const Wish& wish, const Money& most);
    Refund Made(db::Transaction& tx, const Tenant& tenant, const Payment& payment, const Wish& wish,
                RefundId id, RefundKind kind);
    Result<Refund> ChargeBackIn(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                                const Wish& wish);
    Result<Refund> ReverseIn(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                             const Wish& wish);
    Result<void> CheckBooks(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                            const Refund& refund);
    Gateways::Reply Order(const Tenant& tenant, const std::string& instance,
                          const std::string& message, Instant until);
    struct Applied {
        Refund refund;
        Learned learned;
    };
    Result<Applied> Apply(const Tenant& tenant, const Refund& known, const Heard& heard,
                          Source source);
    Result<Applied> Ask(const Tenant& tenant, const Refund& refund);
    Result<void> TakeAgain(db::Transaction& tx, const Tenant& tenant, const Payment& payment,
                           const std::string& reference, const Money& amount);
    bool BookUnordered(db::Transaction& tx, const Tenant& tenant, Payment& payment,
                       const Money& amount);
    Result<void> Book(db::Transaction& tx, const Tenant& tenant, Payment& payment, Refund& refund);
    PaymentDesk& desk_;
};

}  // namespace livery::payments
