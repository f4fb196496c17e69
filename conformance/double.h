#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <livery/json.h>

namespace livery::conformance {

using Json = nlohmann::json;

// A decline that the provider's documentation publishes, and what a gateway must make of it.
struct PublishedDecline {
    std::string token;
    std::string code;  // the provider's
    std::string reason;
    std::string hardness;
    std::string advice;  // "" where any will do
};

// A delivery of the provider, as it came.
struct Delivered {
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

// The provider that a gateway is tested against: a stand-in with books of its own. They are the
// judge: what they say moved has moved. Throws std::runtime_error when it is not there.
class Double {
 public:
    virtual ~Double() = default;

    // The gateway's configuration for it; secrets by name.
    virtual Json Config() const = 0;
    virtual std::string SecretOf(const std::string& name) const = 0;

    // A method for a course: "ok", "insufficient_funds", "pending_paid", … ; "" when it has none.
    virtual std::string Token(const std::string& course) const = 0;
    virtual std::vector<PublishedDecline> Declines() const = 0;
    // The provider's decimals where they are not those of ISO 4217.
    virtual std::map<std::string, int> Decimals() const = 0;

    // The most that it takes of euros, in cents. What a float rounds is the default.
    virtual std::int64_t LargestAmount() const { return (std::int64_t{1} << 53) + 1; }

    // What moved under our reference, in the order in which it did.
    struct Movement {
        std::string kind;  // payment, refund, chargeback, chargeback_reversal
        std::string currency;
        std::int64_t amount = 0;  // as the provider counts
        std::int64_t fee = 0;
        bool operator==(const Movement&) const = default;
    };
    virtual std::vector<Movement> Ledger(const std::string& reference) = 0;
    virtual void Advance(std::int64_t seconds) = 0;
    // The next answer that changes something is wrong in this way: wrong_amount, wrong_currency,
    // unknown_state, error_in_success; webhook_first: the webhook comes before it.
    virtual void Break(const std::string& fault) = 0;
    // A customer on the provider's page: "ok" and other courses enter that card, "confirm" and
    // "refuse" answer the bank, "cancel" leaves.
    // `fields`: what the shop's form brings him there with, where it is one.
    using Fields = std::map<std::string, std::string>;
    virtual void Visit(const std::string& page, const std::string& what,
                       const Fields& fields = {}) = 0;
    // Webhooks that came since the last time, once `count` are there or three seconds are over.
    virtual std::vector<Delivered> Hooks(std::size_t count) = 0;
    // What webhooks are answered from now on; whether the provider then takes them for delivered.
    virtual void Acknowledge(int status, const std::string& body) = 0;
    virtual bool HasToldAll() = 0;
    // What a provider may have; nothing of it is asked where it has not.
    struct Traits {
        bool batches = false;   // several events in one webhook
        bool mandates = false;  // that a customer may revoke
    };
    virtual Traits traits() const = 0;
    // A webhook of a type that no gateway knows, in the provider's form.
    virtual std::string OddEvent() const {
        return R"({"id":"evt_odd","type":"weather.fine","data":{}})";
    }
    // The configuration of its live side, beside the one for tests; {} where it has none.
    virtual Json LiveConfig() const { return Json::object(); }
    // Why a check ("FLOW.late_failure_after_success") cannot be shown at this provider; "": it can.
    // The reason is in the report: nothing is left out silently.
    virtual std::string Cannot(const std::string&) const { return ""; }
    // The customer to whom a method of Token belongs, where the provider wants to hear it.
    virtual std::string CustomerOf(const std::string&) const { return ""; }
};

}  // namespace livery::conformance
