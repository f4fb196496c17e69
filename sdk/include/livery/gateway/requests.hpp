// What the host asks. No type here can hold a card number, a verification code or a whole bank
// account: there are only tokens.
#ifndef LIVERY_GATEWAY_REQUESTS_HPP
#define LIVERY_GATEWAY_REQUESTS_HPP

#include <map>
#include <string>

#include <livery/gateway/money.hpp>

namespace livery::gw {

enum class Capture { kAutomatic, kManual };

// Whether the customer is there, which the rules of strong authentication ask.
enum class Initiator {
    kCustomer,           // here and now
    kMerchantRecurring,  // a subscription's next charge
    kMerchantUnscheduled
};

struct Method {
    std::string token;    // of this provider; "" on a page where the customer chooses one
    std::string mandate;  // of a bank debit
    std::string network_transaction_id;  // of the consent that a merchant's charge refers to
};

// What 3-D Secure asks of a browser; empty when there is none.
struct Browser {
    std::string address;
    std::string user_agent;
    std::string accept;
    std::string language;
};

struct PaymentOrder {
    std::string idempotency_key;  // the same for every repeat of this attempt
    std::string reference;        // ours, unique, at most 40 of A-Z a-z 0-9 - _
    Money amount;
    Capture capture = Capture::kAutomatic;
    Initiator initiator = Initiator::kCustomer;
    Method method;
    std::string customer;      // the provider's id of the customer; may be empty
    std::string return_url;    // where the provider sends the browser back; signed, for one use
    std::string descriptor;    // on the customer's statement
    std::string locale;        // BCP 47
    bool keep_method = false;  // the customer wants this method kept for later
    Browser browser;
    std::map<std::string, std::string> metadata;
};

// By the provider's id where the host knows it, else by our reference.
struct PaymentQuery {
    std::string provider_id;
    std::string reference;
    std::string idempotency_key;  // of the attempt, for providers that find nothing else
};

// The customer came back, or did what was asked. The browser's query is a hint and nothing more.
struct PaymentReturn {
    std::string provider_id;
    std::string reference;
    std::map<std::string, std::string> query;
};

struct CaptureOrder {
    std::string idempotency_key;
    std::string provider_id;
    std::string reference;
    Money amount;
};

struct CancelOrder {
    std::string idempotency_key;
    std::string provider_id;
    std::string reference;
};

struct RefundOrder {
    std::string idempotency_key;
    std::string provider_id;  // of the payment
    std::string reference;    // of the refund
    Money amount;
};

struct RefundQuery {
    std::string provider_id;  // of the refund; may be empty
    std::string payment;      // the provider's id of the payment
    std::string reference;
    std::string idempotency_key;
};

// A method is to be kept without a charge: tokenised, with consent or mandate.
struct SetupOrder {
    std::string idempotency_key;
    std::string reference;
    std::string customer;
    std::string email;
    std::string name;
    std::string currency;
    std::string return_url;
    std::string locale;
    Browser browser;
};

struct SetupQuery {
    std::string provider_id;
    std::string reference;
};

struct DetachOrder {
    std::string idempotency_key;
    std::string token;
    std::string customer;
};

// What the provider booked, for the daily comparison; pages follow `cursor`.
struct TransactionQuery {
    std::int64_t from = 0;  // Unix seconds, included
    std::int64_t to = 0;    // excluded
    std::string cursor;
};

// A message of the provider whose signature the host has verified over the raw bytes.
struct VerifiedWebhook {
    std::string body;
    std::map<std::string, std::string> headers;  // names in lower case
    Json json = Json(Json::value_t::discarded);  // of the body; discarded when it is none
    // Lives as long as the webhook. Throws BadMessage when the body is no JSON.
    const Json& Parsed() const {
        if (json.is_discarded()) throw BadMessage("a webhook is no JSON");
        return json;
    }
};

namespace detail {

inline std::map<std::string, std::string> TextsAt(const Json& json, const char* key) {
    std::map<std::string, std::string> texts;
    const Json* found = Find(json, key);
    if (found == nullptr || !found->is_object()) return texts;
    for (const auto& [name, value] : found->items()) {
        if (value.is_string()) texts[name] = value.get<std::string>();
    }
    return texts;
}

inline Browser BrowserAt(const Json& json) {
    return {TextAt(json, "browser.address"), TextAt(json, "browser.user_agent"),
            TextAt(json, "browser.accept"), TextAt(json, "browser.language")};
}

inline Initiator InitiatorOf(const std::string& text) {
    if (text == "merchant_recurring") return Initiator::kMerchantRecurring;
    if (text == "merchant_unscheduled") return Initiator::kMerchantUnscheduled;
    return Initiator::kCustomer;
}

inline Money AmountAt(const Json& json) {
    const Json* amount = Find(json, "amount");
    if (amount == nullptr) throw BadMessage("`amount` is missing");
    return MoneyOf(*amount);
}

}  // namespace detail

inline void Read(const Json& json, PaymentOrder& r) {
    r.idempotency_key = TextAt(json, "idempotency_key");
    r.reference = TextAt(json, "reference");
    r.amount = detail::AmountAt(json);
    r.capture = TextAt(json, "capture") == "manual" ? Capture::kManual : Capture::kAutomatic;
    r.initiator = detail::InitiatorOf(TextAt(json, "initiator"));
    r.method = {TextAt(json, "method.token"), TextAt(json, "method.mandate"),
                TextAt(json, "method.network_transaction_id")};
    r.customer = TextAt(json, "customer");
    r.return_url = TextAt(json, "return_url");
    r.descriptor = TextAt(json, "descriptor");
    r.locale = TextAt(json, "locale");
    r.keep_method = FlagAt(json, "keep_method");
    r.browser = detail::BrowserAt(json);
    r.metadata = detail::TextsAt(json, "metadata");
}

inline void Read(const Json& json, PaymentQuery& r) {
    r = {TextAt(json, "provider_id"), TextAt(json, "reference"), TextAt(json, "idempotency_key")};
}

inline void Read(const Json& json, PaymentReturn& r) {
    r = {TextAt(json, "provider_id"), TextAt(json, "reference"), detail::TextsAt(json, "query")};
}

inline void Read(const Json& json, CaptureOrder& r) {
    r = {TextAt(json, "idempotency_key"), TextAt(json, "provider_id"), TextAt(json, "reference"),
         detail::AmountAt(json)};
}

inline void Read(const Json& json, CancelOrder& r) {
    r = {TextAt(json, "idempotency_key"), TextAt(json, "provider_id"), TextAt(json, "reference")};
}

inline void Read(const Json& json, RefundOrder& r) {
    r = {TextAt(json, "idempotency_key"), TextAt(json, "provider_id"), TextAt(json, "reference"),
         detail::AmountAt(json)};
}

inline void Read(const Json& json, RefundQuery& r) {
    r = {TextAt(json, "provider_id"), TextAt(json, "payment"), TextAt(json, "reference"),
         TextAt(json, "idempotency_key")};
}

inline void Read(const Json& json, SetupOrder& r) {
    r = {TextAt(json, "idempotency_key"), TextAt(json, "reference"), TextAt(json, "customer"),
         TextAt(json, "email"),           TextAt(json, "name"),      TextAt(json, "currency"),
         TextAt(json, "return_url"),      TextAt(json, "locale"),    detail::BrowserAt(json)};
}

inline void Read(const Json& json, SetupQuery& r) {
    r = {TextAt(json, "provider_id"), TextAt(json, "reference")};
}

inline void Read(const Json& json, DetachOrder& r) {
    r = {TextAt(json, "idempotency_key"), TextAt(json, "token"), TextAt(json, "customer")};
}

inline void Read(const Json& json, TransactionQuery& r) {
    r = {IntegerAt(json, "from"), IntegerAt(json, "to"), TextAt(json, "cursor")};
}

inline void Read(const Json& json, VerifiedWebhook& r) {
    r.body = TextAt(json, "body");
    r.headers = detail::TextsAt(json, "headers");
    r.json = Json::parse(r.body, nullptr, false);
}

}  // namespace livery::gw

#endif
