#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/payment.h"

namespace livery::payments {

enum class MoveKind : std::uint8_t { kPayment, kRefund, kChargeback };
std::string_view ToString(MoveKind kind);
std::optional<MoveKind> MoveKindFrom(std::string_view word);

// Money that moved, as a provider's list has it; refunds and chargebacks without their sign.
struct ListedMove {
    MoveKind kind = MoveKind::kPayment;
    std::string provider_id;  // of a chargeback the payment's
    std::string reference;    // ours, where it has one
    Money amount;
    std::optional<Money> fee;
};

// The same as our books have it.
struct BookedMove {
    MoveKind kind = MoveKind::kPayment;
    PaymentId payment;
    std::string provider_id;  // of a chargeback the payment's
    std::string reference;
    Money amount;                // that moved, in the currency that it moved in
    bool has_moved = true;       // else we think that it has not (yet)
    std::optional<Money> fee;    // as it was listed before
    bool must_be_listed = true;  // old enough, and not too old, to be on the list
};

enum class DifferenceKind : std::uint8_t {
    kMissingHere,   // there it has moved, and we do not know of it
    kMissingThere,  // here it has moved, and the provider does not list it
    kAmount,
    kState,  // there it has moved, here it has not
    kFee,    // it was listed with another fee before
};
std::string_view ToString(DifferenceKind kind);
std::optional<DifferenceKind> DifferenceKindFrom(std::string_view word);

struct Difference {
    DifferenceKind kind = DifferenceKind::kMissingHere;
    MoveKind about = MoveKind::kPayment;
    std::string provider_id;
    std::string reference;
    std::optional<PaymentId> payment;
    std::optional<Money> here;
    std::optional<Money> there;
    bool operator==(const Difference&) const = default;
};
// What a person is to do with it, in words.
std::string AdviceOn(const Difference& difference);

struct Comparison {
    std::vector<ListedMove> matched;
    std::vector<Difference> differences;
};
// What is on both sides is matched by the provider's id, else by our reference; each once. Listed
// chargebacks of one payment are added up before (see SumOfDisputes).
Comparison Compare(const std::vector<ListedMove>& listed, const std::vector<BookedMove>& booked);

// Chargebacks and what the bank gave again, by payment: what it holds now. What came to nothing is
// left out.
struct DisputeMove {
    std::string payment;  // the provider's id of it
    Money amount;
    bool gives_back = false;
};
std::vector<ListedMove> SumOfDisputes(const std::vector<DisputeMove>& moves);

}  // namespace livery::payments
