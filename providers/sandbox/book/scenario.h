#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace livery::sandbox {

// How a payment goes, chosen by the caller: by a token ("tok_ok"), by a test card on the hosted
// page, or by an amount (9 900 000 + number, in minor units). The table is the whole truth: the
// tests walk through it, and `GET /scenarios` shows it.
struct Scenario {
    enum class Course {
        kPaid,
        kFrictionless,     // authenticated without the customer noticing
        kChallenge,        // with the customer there a page asks; later charges go through
        kChallengeByPost,  // the same, and the shop's form must bring the customer to the page
        kChallengeAlways,  // and later charges are declined: authentication_required
        kChallengeFails,   // the page says no, whatever the customer does
        kDeclined,         // `code` says why
        kDeclinedLater,    // paid with the customer there, else declined with `code`
        kPendingPaid,      // decided a while later
        kPendingDeclined,  // with `code`
        kReturned,         // paid, and taken back later with `code` (a bank debit)
        kDisputeWon,       // paid, disputed, and given back to the merchant
        kDisputeLost,      // paid, disputed, and lost
        kReview,           // a state that no documentation names
        kRefundPending,    // paid; its refunds are decided a while later
        kRefundFails,      // paid; its refunds fail a while later
    };
    int number;
    std::string_view name;
    std::string_view kind;  // "card", "bank_debit"
    Course course;
    std::string_view code = "";
};

std::span<const Scenario> Scenarios();

// The test card of a scenario; "" for one that is no card.
std::string CardNumber(const Scenario& scenario);
std::string_view BrandOf(std::string_view card_number);
std::string TokenOf(const Scenario& scenario);
std::int64_t MagicAmount(const Scenario& scenario);

// nullptr when there is none.
const Scenario* ByNumber(int number);
const Scenario* ByToken(std::string_view token);
const Scenario* ByAmount(std::int64_t minor);
const Scenario* ByCard(std::string_view digits);

// The check digit of ISO/IEC 7812-1, annex B.
bool PassesLuhn(std::string_view digits);

}  // namespace livery::sandbox
