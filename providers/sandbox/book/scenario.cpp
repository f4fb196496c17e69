#include "sandbox/book/scenario.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace livery::sandbox {

namespace {

using Course = Scenario::Course;

constexpr std::int64_t kFirstMagicAmount = 9'900'000;

constexpr auto kScenarios = std::to_array<Scenario>({
    {1, "ok", "card", Course::kPaid},
    {2, "ok_mastercard", "card", Course::kPaid},
    {3, "ok_amex", "card", Course::kPaid},
    {4, "frictionless", "card", Course::kFrictionless},
    {5, "challenge", "card", Course::kChallenge},
    {6, "challenge_always", "card", Course::kChallengeAlways},
    {7, "challenge_fails", "card", Course::kChallengeFails, "authentication_failed"},
    {8, "declined_later", "card", Course::kDeclinedLater, "insufficient_funds"},
    {9, "challenge_by_post", "card", Course::kChallengeByPost},
    {10, "insufficient_funds", "card", Course::kDeclined, "insufficient_funds"},
    {11, "limit_exceeded", "card", Course::kDeclined, "limit_exceeded"},
    {12, "expired_card", "card", Course::kDeclined, "expired_card"},
    {13, "wrong_number", "card", Course::kDeclined, "wrong_number"},
    {14, "wrong_cvc", "card", Course::kDeclined, "wrong_cvc"},
    {15, "wrong_postcode", "card", Course::kDeclined, "wrong_postcode"},
    {16, "wrong_pin", "card", Course::kDeclined, "wrong_pin"},
    {17, "stolen_card", "card", Course::kDeclined, "stolen_card"},
    {18, "pick_up_card", "card", Course::kDeclined, "pick_up_card"},
    {19, "suspected_fraud", "card", Course::kDeclined, "suspected_fraud"},
    {20, "do_not_honour", "card", Course::kDeclined, "do_not_honour"},
    {21, "not_permitted", "card", Course::kDeclined, "not_permitted"},
    {22, "account_closed", "card", Course::kDeclined, "account_closed"},
    {23, "mandate_revoked", "bank_debit", Course::kDeclined, "mandate_revoked"},
    {24, "mandate_missing", "bank_debit", Course::kDeclined, "mandate_missing"},
    {25, "bank_account_invalid", "bank_debit", Course::kDeclined, "bank_account_invalid"},
    {26, "debit_refused", "bank_debit", Course::kDeclined, "debit_refused"},
    {27, "currency_refused", "card", Course::kDeclined, "currency_refused"},
    {28, "country_refused", "card", Course::kDeclined, "country_refused"},
    {29, "amount_refused", "card", Course::kDeclined, "amount_refused"},
    {30, "method_refused", "card", Course::kDeclined, "method_refused"},
    {31, "duplicate_payment", "card", Course::kDeclined, "duplicate_payment"},
    {32, "issuer_unavailable", "card", Course::kDeclined, "issuer_unavailable"},
    {33, "authentication_required", "card", Course::kDeclined, "authentication_required"},
    {34, "test_card_live", "card", Course::kDeclined, "test_card_live"},
    {35, "card_declined", "card", Course::kDeclined, "card_declined"},
    {36, "code_of_tomorrow", "card", Course::kDeclined, "code_of_tomorrow"},
    {50, "pending_paid", "card", Course::kPendingPaid},
    {51, "pending_declined", "card", Course::kPendingDeclined, "debit_refused"},
    {52, "debit_paid", "bank_debit", Course::kPendingPaid},
    {53, "debit_returned", "bank_debit", Course::kReturned, "debit_disputed"},
    {54, "dispute_won", "card", Course::kDisputeWon},
    {55, "dispute_lost", "card", Course::kDisputeLost, "debit_disputed"},
    {56, "under_review", "card", Course::kReview},
    {57, "refund_pending", "card", Course::kRefundPending},
    {58, "refund_fails", "card", Course::kRefundFails, "account_closed"},
});

char CheckDigit(std::string_view digits) {
    int sum = 0;
    bool twice = true;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
        const int value = (*digit - '0') * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

template <class Fits>
const Scenario* FindIf(Fits fits) {
    const auto found = std::find_if(kScenarios.begin(), kScenarios.end(), fits);
    return found == kScenarios.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Scenario> Scenarios() { return kScenarios; }

std::string CardNumber(const Scenario& scenario) {
    if (scenario.kind != "card") return "";
    // The three that every tester knows by heart; a code of 4000 00 for the others.
    if (scenario.number == 1) return "4242424242424242";
    if (scenario.number == 2) return "5555555555554444";
    if (scenario.number == 3) return "378282246310005";
    std::string digits = fmt::format("40000000000{:04}", scenario.number);
    digits += CheckDigit(digits);
    return digits;
}

std::string_view BrandOf(std::string_view card_number) {
    if (card_number.starts_with('5')) return "mastercard";
    if (card_number.starts_with("37")) return "amex";
    return "visa";
}

std::string TokenOf(const Scenario& scenario) { return fmt::format("tok_{}", scenario.name); }

std::int64_t MagicAmount(const Scenario& scenario) { return kFirstMagicAmount + scenario.number; }

const Scenario* ByNumber(int number) {
    return FindIf([&](const Scenario& row) { return row.number == number; });
}
const Scenario* ByToken(std::string_view token) {
    return FindIf([&](const Scenario& row) { return TokenOf(row) == token; });
}
const Scenario* ByAmount(std::int64_t minor) {
    return FindIf([&](const Scenario& row) { return MagicAmount(row) == minor; });
}
const Scenario* ByCard(std::string_view digits) {
    return FindIf(
        [&](const Scenario& row) { return !digits.empty() && CardNumber(row) == digits; });
}

bool PassesLuhn(std::string_view digits) {
    if (digits.size() < 12 || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    return CheckDigit(digits.substr(0, digits.size() - 1)) == digits.back();
}

}  // namespace livery::sandbox
