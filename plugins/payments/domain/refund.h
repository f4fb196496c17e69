#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/payment.h"
#include "domain/progress.h"

namespace livery::payments {

struct RefundTag {
    static constexpr std::string_view kPrefix = "ref";
};
using RefundId = Id<RefundTag>;

enum class RefundKind : std::uint8_t {
    kRefund,      // by us, at the provider or by hand
    kChargeback,  // the payer's bank took it back
    kReversal,    // the bank gave us that again
};
std::string_view ToString(RefundKind kind);
std::optional<RefundKind> RefundKindFrom(std::string_view word);

// The reason of a refund that nobody here ordered: somebody did at the provider's own pages.
constexpr const char* kUnorderedReason = "provider";

enum class RefundState : std::uint8_t {
    kCreated,
    kPending,
    kSucceeded,
    kFailed,   // nothing went back
    kUnknown,  // a request left, and no answer says what came of it
    kHeld,     // the provider says something else than was asked: a person looks
};
std::string_view ToString(RefundState state);
std::optional<RefundState> RefundStateFrom(std::string_view word);
bool IsOver(RefundState state);

// What goes back of a payment. Its amount counts as given back from when it is begun, so that
// several at once never give back more than was taken; one that failed gives it free.
struct Refund {
    RefundId id;
    PaymentId payment;
    AccountId account;
    RefundKind kind = RefundKind::kRefund;
    RefundState state = RefundState::kCreated;
    AttemptKey key;
    std::string reference;
    Money amount;
    std::optional<InvoiceId> noted;  // with a credit note on this invoice
    std::string provider_id;
    std::string reason;
    Instant began_at{};
    Instant shown_at{};  // by the tenant's clock: for people
    Instant sent_by{};
    int looks = 0;
    std::optional<Instant> next_look_at;
    std::string receipt;
};

struct RefundProgress {
    bool book = false;        // it went back: the books, a receipt
    bool unbook = false;      // it had, and did not arrive: it is ours again
    bool release = false;     // it did not: the amount is the payment's again
    bool retake = false;      // it was given up, and did: the amount counts as given back again
    bool learned = false;     // the provider said what it is, be it that it knows none
    bool is_missing = false;  // it knows none, be it too early for that to count
    std::optional<std::string> alarm;
};
// What the refund becomes by what was heard of it. Of kAnswer and kLookup; what is unknown is left
// by a lookup only. One that was given up since it was missing has a last look a day later.
RefundProgress Advance(Refund& refund, Fate fate, const std::optional<Said>& said, Source source,
                       const ProviderHabits& habits, Instant now);

// What a person says became of it: of what is not over, of what did not arrive after all, and of
// what went after all.
// nullopt: there is nothing to be decided.
std::optional<RefundProgress> Decide(Refund& refund, bool went_back);

// Each kind counts by itself: a chargeback that is told again after the database was set back must
// not take the key of a refund that it forgot.
AttemptKey::Kind SeriesOf(RefundKind kind);

// Of what the payment took, as its refunds tell: what the payer's bank holds of it now.
Money HeldByBank(const Payment& payment, const std::vector<Refund>& refunds);

// What the payment is called once so much of it was refunded, chargebacks apart.
PaymentState AfterRefunds(const Payment& payment, const Money& refunded);

}  // namespace livery::payments
