// What a gateway says of itself. It becomes the manifest, which the host reads before anything of
// the file runs, and by which it decides what may be asked at all.
#ifndef LIVERY_GATEWAY_DESCRIPTOR_HPP
#define LIVERY_GATEWAY_DESCRIPTOR_HPP

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <livery/gateway/abi.h>
#include <livery/gateway/json.hpp>

namespace livery::gw {

// A promise: what is named here must work, and what is not is never asked. Some stand for an
// operation, some for how one behaves.
enum class Can {
    kManualCapture,  // payment.capture
    kPartialCapture,
    kCancel,  // payment.cancel
    kRefund,  // refund.create and refund.lookup
    kPartialRefund,
    kRedirect,           // payment.start may answer with a page, payment.continue follows
    kSetup,              // setup.start, setup.lookup: keeps a method without a charge
    kChargeLater,        // a kept method, without the customer
    kDetach,             // method.detach
    kListTransactions,   // transactions.list
    kLookupByReference,  // finds by our reference what it answered nobody
    kNativeIdempotency,  // repeats of one key are one effect, for `idempotency_hours`
};

// A key of the configuration, in the words of JSON Schema.
class Key {
 public:
    static Key Text() { return Key(Json{{"type", "string"}, {"minLength", 1}}); }
    static Key Flag() { return Key(Json{{"type", "boolean"}}); }
    static Key Choice(std::initializer_list<const char*> values) {
        Json list = Json::array();
        for (const char* value : values) list.push_back(value);
        return Key(Json{{"type", "string"}, {"enum", std::move(list)}});
    }
    // Of https, and of these hosts only.
    static Key Url(std::initializer_list<const char*> hosts) {
        Json list = Json::array();
        for (const char* host : hosts) list.push_back(host);
        return Key(Json{{"type", "string"}, {"format", "uri"}, {"x-hosts", std::move(list)}});
    }
    // A reference to a secret; its value never comes here.
    static Key Secret() { return Key(Json{{"type", "string"}, {"x-secret", true}}); }

    Key& Optional() {
        required_ = false;
        return *this;
    }
    Key& Says(const char* description) {
        schema_["description"] = description;
        return *this;
    }

 private:
    friend class Descriptor;
    explicit Key(Json schema) : schema_(std::move(schema)) {}
    Json schema_;
    bool required_ = true;
};

// How the host verifies a webhook, over the raw bytes, before the gateway sees any of it.
struct HmacWebhook {
    std::string header;            // with the signature
    std::string secret;            // key of the configuration
    std::string hash = "sha256";   // sha256, sha512
    std::string encoding = "hex";  // hex, base64
    // What is signed: {body}, {time}, {url}, {header:name}; Stripe signs "{time}.{body}".
    std::string signs = "{body}";
    // The header's form: "{mac}", "sha256={mac}" (several apart by blanks), or pairs as
    // "t={time},v1={mac}"; of several {mac} one must fit.
    std::string form = "{mac}";
    std::string key = "text";     // how the secret is written: text (as it is), hex, base64
    std::string time_header;      // where the time has one of its own
    int tolerance_seconds = 300;  // of {time}
    int accepted = 200;           // the answer to what was taken
    std::string accepted_body;
};

// A batch whose items are signed one by one (Adyen): the values at `fields` of an item, joined by
// colons, make the text. One item that is wrong, and the whole of it is refused.
struct HmacItemsWebhook {
    std::string secret;                            // key of the configuration
    std::string items = "notificationItems";       // where the list stands
    std::string item = "NotificationRequestItem";  // the item in a member of it; may be empty
    std::string signature = "additionalData.hmacSignature";
    std::vector<std::string> fields;
    std::string hash = "sha256";
    std::string key = "hex";          // how the secret is written: text, hex, base64
    std::string encoding = "base64";  // of the signature
    int accepted = 200;
    std::string accepted_body;
};

class Descriptor {
 public:
    Descriptor(std::string id, std::string version, std::string name) {
        json_ = {
            {"tier", "portable"},
            {"abi", {{"major", LIVERY_GATEWAY_ABI_MAJOR}, {"minor", LIVERY_GATEWAY_ABI_MINOR}}},
            {"id", std::move(id)},
            {"version", std::move(version)},
            {"name", std::move(name)},
            {"concurrency", "single"},
            {"can", Json::array()},
            {"config",
             {{"type", "object"},
              {"additionalProperties", false},
              {"properties", Json::object()},
              {"required", Json::array()}}}};
    }

    Descriptor& Config(const char* name, const Key& key) {
        json_["config"]["properties"][name] = key.schema_;
        if (key.required_) json_["config"]["required"].push_back(name);
        return *this;
    }
    Descriptor& Methods(std::initializer_list<const char*> kinds) { return List("methods", kinds); }
    Descriptor& Currencies(std::initializer_list<const char*> codes) {
        return List("currencies", codes);
    }
    // Where the provider counts otherwise than ISO 4217: forints without decimals.
    Descriptor& Decimals(const char* currency, int digits) {
        json_["decimals"][currency] = digits;
        return *this;
    }
    // In minor units; what is outside is refused before anything is sent.
    Descriptor& Amounts(const char* currency, std::int64_t least, std::int64_t most) {
        json_["amounts"][currency] = {{"least", least}, {"most", most}};
        return *this;
    }
    Descriptor& CanDo(std::initializer_list<Can> list);
    Descriptor& Webhook(const HmacWebhook& hmac);
    Descriptor& Webhook(const HmacItemsWebhook& hmac);
    // How long a repeat of a key is one effect; after it, only lookups.
    Descriptor& IdempotencyHours(int hours) {
        json_["idempotency_hours"] = hours;
        return *this;
    }
    // How long after an attempt a lookup may still not find what is there.
    Descriptor& FindsAfterSeconds(int seconds) {
        json_["finds_after_seconds"] = seconds;
        return *this;
    }
    // Until when a pending payment is usually decided.
    Descriptor& DecidesWithinHours(int hours) {
        json_["decides_within_hours"] = hours;
        return *this;
    }
    // Reserved: no host lets calls of one instance overlap, whatever stands here.
    Descriptor& Concurrent() {
        json_["concurrency"] = "multi";
        return *this;
    }
    Descriptor& SandboxOnly() {
        json_["sandbox_only"] = true;
        return *this;
    }

    const Json& json() const { return json_; }

 private:
    Descriptor& List(const char* key, std::initializer_list<const char*> values) {
        json_[key] = Json::array();
        for (const char* value : values) json_[key].push_back(value);
        return *this;
    }
    Json json_;
};

inline const char* ToText(Can can) {
    switch (can) {
        case Can::kManualCapture:
            return "manual_capture";
        case Can::kPartialCapture:
            return "partial_capture";
        case Can::kCancel:
            return "cancel";
        case Can::kRefund:
            return "refund";
        case Can::kPartialRefund:
            return "partial_refund";
        case Can::kRedirect:
            return "redirect";
        case Can::kSetup:
            return "setup";
        case Can::kChargeLater:
            return "charge_later";
        case Can::kDetach:
            return "detach";
        case Can::kListTransactions:
            return "list_transactions";
        case Can::kLookupByReference:
            return "lookup_by_reference";
        case Can::kNativeIdempotency:
            return "native_idempotency";
    }
    return "";
}

inline Descriptor& Descriptor::CanDo(std::initializer_list<Can> list) {
    for (const Can can : list) json_["can"].push_back(ToText(can));
    return *this;
}

inline Descriptor& Descriptor::Webhook(const HmacWebhook& hmac) {
    json_["webhook"] = {{"scheme", "hmac"},
                        {"header", hmac.header},
                        {"secret", hmac.secret},
                        {"hash", hmac.hash},
                        {"encoding", hmac.encoding},
                        {"signs", hmac.signs},
                        {"form", hmac.form},
                        {"key", hmac.key},
                        {"time_header", hmac.time_header},
                        {"tolerance_seconds", hmac.tolerance_seconds},
                        {"accepted", hmac.accepted},
                        {"accepted_body", hmac.accepted_body}};
    return *this;
}

inline Descriptor& Descriptor::Webhook(const HmacItemsWebhook& hmac) {
    json_["webhook"] = {{"scheme", "hmac_items"},
                        {"secret", hmac.secret},
                        {"items", hmac.items},
                        {"item", hmac.item},
                        {"signature", hmac.signature},
                        {"fields", hmac.fields},
                        {"hash", hmac.hash},
                        {"key", hmac.key},
                        {"encoding", hmac.encoding},
                        {"accepted", hmac.accepted},
                        {"accepted_body", hmac.accepted_body}};
    return *this;
}

}  // namespace livery::gw

#endif
