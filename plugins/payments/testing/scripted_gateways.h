#pragma once

#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <livery/ports/gateways.h>
#include <livery/time/clock.h>

namespace livery::payments::testing {

// The process dies here: whatever catches it is another process, which knows only what was kept.
struct Killed : std::runtime_error {
    Killed() : std::runtime_error("killed") {}
};

// A provider with a ledger of its own, which no code of ours writes: the judge of whether money
// moved. A key has one effect, whoever repeats it.
class ScriptedGateways final : public Gateways {
 public:
    explicit ScriptedGateways(const Clock& clock) : clock_(clock) {}

    // What the next payment comes to.
    enum class Does {
        kCapture,
        kCapturePart,    // `part` of it
        kOtherCurrency,  // takes `other_currency` and says so
        kDecline,
        kDeclineForGood,
        kWantCustomer,     // a decline: not without the customer
        kRequireAction,    // until CustomerPays or CustomerGivesUp
        kPend,             // until the bank has decided: BankPays
        kNothingSent,      // the request never left
        kHangCharged,      // charged; no answer comes
        kHangUncharged,    // not charged; no answer comes
        kHangForGood,      // no answer comes, nor to any lookup
        kHangDeclined,     // declined; no answer comes, a lookup says so
        kAnswerLate,       // no answer; it is charged 30 s later
        kForget,           // charged and answered to nobody; a lookup does not see it for 40 s
        kEchoOther,        // charged; the answer names another amount
        kEchoNothing,      // charged; the answer names no amount, a lookup does
        kGarbage,          // charged; the answer is no message
        kFailAfterCharge,  // charged; the answer says that it is not available
        kAnswerSlowly,     // charged; `during` happens first, and 300 s of not seeing it
        kDeclineSlowly,    // declined for good; `during` happens before the answer
        kDieBefore,        // we die before the request leaves
        kDieAfter,         // charged; we die before the answer
    };
    void Next(Does does) { does_ = does; }
    std::int64_t part = 1000;
    std::string other_currency = "USD";
    std::optional<std::int64_t> other_amount;  // nullopt: as many units as were asked

    void CustomerPays(const std::string& reference) { Find(reference).state = "captured"; }
    void CustomerGivesUp(const std::string& reference) { Find(reference).state = "cancelled"; }
    void BankPays(const std::string& reference) { Find(reference).state = "captured"; }
    void BankDeclines(const std::string& reference) { Find(reference).state = "declined"; }
    void BankDeclinesForGood(const std::string& reference) {
        BankDeclines(reference);
        Find(reference).hardness = "hard";
    }
    // Days later it did not come after all.
    void BankTakesBack(const std::string& reference) { Find(reference).state = "failed_late"; }
    void BankTakesBackForGood(const std::string& reference) {
        BankTakesBack(reference);
        Find(reference).hardness = "hard";
    }
    // Sent to the bank once more, there and not by us.
    void TakesAgain(const std::string& reference) { Find(reference).state = "captured"; }
    // Only so much of it, or all of it again.
    void BankHolds(const std::string& reference, std::int64_t cents) {
        Find(reference).charged_back = cents;
    }
    // Somebody gave so much of it back on the provider's own pages, in all.
    void GivesBackUnordered(const std::string& reference, std::int64_t cents) {
        Find(reference).refunded = cents;
    }
    // It can only be asked about what it has named, as many banks' providers.
    bool finds_by_reference = true;
    // While it is set every call that pays or looks up is turned away with that category of error,
    // whatever was charged before: "rate_limited", "configuration".
    std::string turns_away;
    bool cancels = true;
    bool keeps_pages = false;  // whatever is cancelled can be paid all the same
    int cancellations = 0;
    bool lists = true;
    // What the next set-up comes to: "active", "requires_action", "failed", "" = no answer.
    void SetUpsAre(const std::string& state) { setup_state_ = state; }
    // What its list says beside its ledger: rows that nobody here knows of, or says otherwise.
    struct Row {
        std::string kind;
        std::string id;
        std::string reference;
        std::int64_t amount = 0;
        std::int64_t fee = 0;
        std::string payment = {};
    };
    std::vector<Row> also_lists;
    std::set<std::string> hides;  // references that it does not list
    std::size_t rows_a_page = 2;
    std::optional<int> list_breaks_at;  // page
    void RefundsAre(const std::string& state) { refund_state_ = state; }
    // Of all that were given: what was pending is decided.
    void RefundBecomes(const std::string& state) {
        for (Entry& refund : refunds_) refund.state = state;
    }

    // Lookups of refunds are left without an answer, or turned away for such a reason.
    bool refunds_are_silent = false;
    std::chrono::seconds refunds_are_seen_after{0};
    std::string refunds_unlearnt;
    const std::string& RefundId() const { return refunds_.back().id; }  // of the last

    // Its pages are reached by such a form, where there are fields.
    std::map<std::string, std::string> form;

    // The ledger.
    struct Entry {
        std::string reference;
        std::string key;
        std::string id;
        std::string state;
        std::string category = "declined";
        std::string hardness;
        std::int64_t asked = 0;
        std::int64_t captured = 0;
        std::string currency;
        Instant charged_at{};
        Instant seen_from{};
        bool names_amount = true;
        std::int64_t named = 0;
        std::string captured_currency;
        std::optional<std::int64_t> charged_back = {};
        std::optional<std::int64_t> refunded = {};
        bool kept = false;       // its method may be charged again
        std::string words = {};  // the request that made it
        bool Took() const { return state == "captured"; }
    };
    std::int64_t Charged() const;  // of all payments that were taken
    int Charges() const;
    bool TookDollars() const;
    std::int64_t Refunded() const;
    int Refunds() const;
    const Entry* Of(const std::string& reference) const;
    int calls = 0;
    int starts = 0;
    int said_otherwise = 0;  // repeats under a key that were not the request that used it
    std::string return_url;  // of the last start
    std::string token;       // that the last start was for
    int detached = 0;
    std::function<void()> during;
    void SetUpEnds(const std::string& state) { setup_kept_ = state; }

    std::vector<Instance> Of(const Tenant& tenant) override;
    Reply Call(const Tenant& tenant, const Question& question) override;
    Result<Delivered> Receive(const Tenant& tenant, const Delivery& delivery) override;

 private:
    Entry& Find(const std::string& reference);
    Reply Start(const std::string& message);
    Reply Charge(Entry& entry);
    Reply Lookup(const std::string& message);
    Reply Cancel(const std::string& message);
    Reply Refund(const std::string& message);
    Reply LookupRefund(const std::string& message);
    Reply List(const std::string& message) const;
    std::vector<Row> Rows() const;
    Reply SetUp(const std::string& state) const;
    nlohmann::json PageAt(const std::string& url) const;
    Reply Answer(const Entry& entry) const;

    const Clock& clock_;
    Does does_ = Does::kCapture;
    std::vector<Entry> entries_;  // payments
    std::vector<Entry> refunds_;
    std::string refund_state_ = "succeeded";
    std::string setup_state_ = "active";
    std::string setup_kept_;  // as a lookup sees it
    int setups_ = 0;
};

}  // namespace livery::payments::testing
