#include "domain/comparison.h"

#include <algorithm>
#include <map>

namespace livery::payments {

namespace {

bool IsSame(const ListedMove& listed, const BookedMove& booked) {
    if (listed.kind != booked.kind) return false;
    if (!listed.provider_id.empty() && listed.provider_id == booked.provider_id) return true;
    return booked.provider_id.empty() && !listed.reference.empty() &&
           listed.reference == booked.reference;
}

std::optional<DifferenceKind> Between(const ListedMove& listed, const BookedMove& booked) {
    if (!booked.has_moved) return DifferenceKind::kState;
    if (listed.amount != booked.amount) return DifferenceKind::kAmount;
    if (listed.fee && booked.fee && *listed.fee != *booked.fee) return DifferenceKind::kFee;
    return std::nullopt;
}

Difference DifferenceOf(DifferenceKind kind, const ListedMove& listed, const BookedMove& booked) {
    const bool fee = kind == DifferenceKind::kFee;
    return {kind,
            booked.kind,
            listed.provider_id,
            listed.reference.empty() ? booked.reference : listed.reference,
            booked.payment,
            fee ? booked.fee : booked.amount,
            fee ? listed.fee : listed.amount};
}

std::string_view AdviceOnPayment(DifferenceKind kind) {
    if (kind == DifferenceKind::kMissingHere)
        return "The provider has moved money that we know nothing of. Find out whose it is: book "
               "it for that account, or give it back at the provider and accept this.";
    if (kind == DifferenceKind::kMissingThere)
        return "Our books have money that the provider does not list. Ask the provider; if it "
               "never came, note a chargeback of the payment, then accept this.";
    if (kind == DifferenceKind::kAmount)
        return "The amounts differ. Ask the provider which is right, give back or charge back the "
               "difference, then accept this.";
    return "The provider has moved it, and here it has not moved, though it was looked up. "
           "Decide-payment, then accept this.";
}

// Its reference is one of ours: the database was set back to before it was begun.
std::string AdviceOnForgotten(InvoiceId begun_for) {
    return "The provider has moved money that was begun here and forgotten, as after the database "
           "was set back: for " +
           begun_for.ToString() +
           " and what was paid together with it. Book it for that invoice's account; what was "
           "paid once more meanwhile is its credit then, to be given back with refund-payment or "
           "left.";
}

std::string_view AdviceOnRefund(DifferenceKind kind) {
    if (kind == DifferenceKind::kMissingHere)
        return "The provider has given money back that we know nothing of. Find out of which "
               "payment, note it with refund-payment --chargeback, then accept this.";
    if (kind == DifferenceKind::kMissingThere)
        return "Our books have given this back, and the provider does not list it. Ask the "
               "provider; if it never went out, decide-refund --not, then accept this.";
    if (kind == DifferenceKind::kAmount)
        return "Another amount went back than our books have. Ask the provider which is right, put "
               "the books right by hand, then accept this.";
    return "The provider has given it back, and here it has not gone, though it was looked up. "
           "Decide-refund, then accept this.";
}

std::string_view AdviceOnChargeback(DifferenceKind kind) {
    if (kind == DifferenceKind::kMissingHere)
        return "A payer's bank has taken back a payment that we know nothing of. Find out whose it "
               "was, put the books right by hand, then accept this.";
    if (kind == DifferenceKind::kMissingThere)
        return "Our books have a chargeback that the provider neither lists nor confirms. Ask it; "
               "if the bank holds nothing, note it with refund-payment --reversal, then accept "
               "this.";
    if (kind == DifferenceKind::kAmount)
        return "The payer's bank holds another amount than our books have. Ask the provider, note "
               "the rest with refund-payment --chargeback or --reversal, then accept this.";
    return "The payer's bank has taken it back, and here it has not gone. Note it with "
           "refund-payment --chargeback, then accept this.";
}

}  // namespace

std::string_view ToString(MoveKind kind) {
    switch (kind) {
        case MoveKind::kPayment:
            return "payment";
        case MoveKind::kRefund:
            return "refund";
        case MoveKind::kChargeback:
            return "chargeback";
    }
    return "";
}

std::optional<MoveKind> MoveKindFrom(std::string_view word) {
    for (const MoveKind kind : {MoveKind::kPayment, MoveKind::kRefund, MoveKind::kChargeback}) {
        if (ToString(kind) == word) return kind;
    }
    return std::nullopt;
}

std::string_view ToString(DifferenceKind kind) {
    switch (kind) {
        case DifferenceKind::kMissingHere:
            return "missing_here";
        case DifferenceKind::kMissingThere:
            return "missing_there";
        case DifferenceKind::kAmount:
            return "amount";
        case DifferenceKind::kState:
            return "state";
        case DifferenceKind::kFee:
            return "fee";
    }
    return "";
}

std::optional<DifferenceKind> DifferenceKindFrom(std::string_view word) {
    for (const DifferenceKind kind :
         {DifferenceKind::kMissingHere, DifferenceKind::kMissingThere, DifferenceKind::kAmount,
          DifferenceKind::kState, DifferenceKind::kFee}) {
        if (ToString(kind) == word) return kind;
    }
    return std::nullopt;
}

std::string AdviceOn(const Difference& difference) {
    const DifferenceKind kind = difference.kind;
    if (kind == DifferenceKind::kFee)
        return "The provider lists another fee than before. Check its statement, then accept "
               "this.";
    switch (difference.about) {
        case MoveKind::kPayment:
            if (const auto begun_for = InvoiceNamedBy(difference.reference);
                begun_for && kind == DifferenceKind::kMissingHere)
                return AdviceOnForgotten(InvoiceId(*begun_for));
            return std::string(AdviceOnPayment(kind));
        case MoveKind::kRefund:
            return std::string(AdviceOnRefund(kind));
        case MoveKind::kChargeback:
            return std::string(AdviceOnChargeback(kind));
    }
    return "";
}

Comparison Compare(const std::vector<ListedMove>& listed, const std::vector<BookedMove>& booked) {
    Comparison comparison;
    std::vector<bool> found(booked.size(), false);
    for (const ListedMove& move : listed) {
        std::size_t at = 0;
        while (at < booked.size() && (found[at] || !IsSame(move, booked[at]))) ++at;
        if (at == booked.size()) {
            comparison.differences.push_back({DifferenceKind::kMissingHere, move.kind,
                                              move.provider_id, move.reference, std::nullopt,
                                              std::nullopt, move.amount});
            continue;
        }
        found[at] = true;
        const auto difference = Between(move, booked[at]);
        if (difference)
            comparison.differences.push_back(DifferenceOf(*difference, move, booked[at]));
        if (!difference) comparison.matched.push_back(move);
    }
    for (std::size_t at = 0; at < booked.size(); ++at) {
        const BookedMove& move = booked[at];
        if (found[at] || !move.has_moved || !move.must_be_listed) continue;
        comparison.differences.push_back({DifferenceKind::kMissingThere, move.kind,
                                          move.provider_id, move.reference, move.payment,
                                          move.amount, std::nullopt});
    }
    return comparison;
}

std::vector<ListedMove> SumOfDisputes(const std::vector<DisputeMove>& moves) {
    std::map<std::pair<std::string, Currency>, Money> held;
    for (const DisputeMove& move : moves) {
        const Currency currency = move.amount.currency();
        auto& sum = held.try_emplace({move.payment, currency}, 0, currency).first->second;
        sum = move.gives_back ? sum - move.amount : sum + move.amount;
    }
    std::vector<ListedMove> listed;
    for (const auto& [key, sum] : held) {
        if (sum.minor_units() != 0)
            listed.push_back({MoveKind::kChargeback, key.first, "", sum, std::nullopt});
    }
    return listed;
}

}  // namespace livery::payments
