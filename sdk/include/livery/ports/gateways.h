#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <livery/money/money.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>

namespace livery {

// The payment gateways that a tenant has configured (`gateways:` in tenant.yaml), whatever provider
// is behind them and wherever their code runs. Provided by the host. Messages are those of
// `sdk/schema/gateway-v1`, as JSON text. Thread: any.
class Gateways {
 public:
    static constexpr std::string_view kPortId = "livery.gateways/1";
    virtual ~Gateways();

    // One configured gateway. What it `can` are the words of its manifest; nothing else is asked.
    struct Instance {
        std::string id;       // the tenant's word for it: "cards"; kept with every payment
        std::string gateway;  // the manifest's id: "sandbox"
        std::string name;     // the manifest's, for staff
        std::vector<std::string> methods;  // "card", "bank_debit", …
        std::vector<Currency> currencies;
        std::set<std::string, std::less<>> can;
        // A repeat of a key is one effect for so long after its first use; none: never relied upon.
        std::optional<std::chrono::hours> idempotency;
        // After an attempt a lookup may not find for so long what is there.
        std::chrono::seconds finds_after{0};
        // Until when a pending payment is usually decided.
        std::chrono::hours decides_within{24};
        std::string out_of_order;  // why it cannot be called now; empty: it can

        bool Can(std::string_view word) const { return can.contains(word); }
    };
    // In the order of the file; empty when the tenant has none.
    virtual std::vector<Instance> Of(const Tenant& tenant) = 0;

    // What a call came to, by what the host saw leave (the send fence), never by what a gateway
    // claims: after kNothingSent it is safe to try again under the same key; after kUnknown only a
    // lookup tells.
    enum class Fate : std::uint8_t { kAnswered, kNothingSent, kUnknown };
    struct Reply {
        Fate fate = Fate::kUnknown;
        std::string message;  // of kAnswered: the result, as its schema has it
        std::string fault;    // of the others: why, for logs and staff; never shown to subscribers
        // Of kNothingSent: the provider was not even asked, since too many calls of it are under
        // way or it failed too often. It may be asked again after so long.
        std::optional<std::chrono::seconds> retry_after = {};
    };
    // Blocks until there is an answer or `limit` is over; never throws for anything that the
    // gateway does. What the manifest does not promise, and a message that is not as its schema
    // says, are kNothingSent. Do not call it where a transaction is open.
    struct Question {
        std::string_view instance;
        std::string_view operation;  // "payment.start/1"
        std::string_view message;
        std::chrono::milliseconds limit{20'000};
    };
    virtual Reply Call(const Tenant& tenant, const Question& question) = 0;

    // A message of the provider, as it came. Headers by their names in lower case.
    struct Delivery {
        std::string_view instance;
        std::string_view url;  // as the provider was given it
        const std::map<std::string, std::string>& headers;
        std::string_view body;
    };
    struct Event {
        std::string id;     // of the provider
        std::string about;  // payment, refund, setup, method, dispute, nothing
        std::string provider_id;
        std::string reference;
    };
    struct Delivered {
        std::vector<Event> events;
        int status = 200;  // what the provider wants to hear once they are stored
        std::string body;
    };
    // Whose signature over the raw bytes is right, by the scheme of the manifest; then read by the
    // gateway. kUnauthenticated: no signature, a wrong one, too old, or no scheme; nothing of it
    // may be stored as an event. kNotFound: no such instance. kUnavailable: the gateway could not
    // read it; the provider should deliver it again. An event is a hint: look up what it is about.
    virtual Result<Delivered> Receive(const Tenant& tenant, const Delivery& delivery) = 0;
};

}  // namespace livery
