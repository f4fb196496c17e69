// What a gateway answers.
#ifndef LIVERY_GATEWAY_RESULTS_HPP
#define LIVERY_GATEWAY_RESULTS_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <livery/gateway/error.hpp>
#include <livery/gateway/money.hpp>

namespace livery::gw {

// `unknown` is not among them: only the host can say that, for it knows what was sent. Declined and
// failed carry an error. FailedLate: taken back days after it succeeded (bank debits).
enum class PaymentState {
    kRequiresAction,
    kPending,
    kAuthorised,
    kPartlyCaptured,
    kCaptured,
    kPartlyRefunded,
    kRefunded,
    kDeclined,
    kFailed,
    kCancelled,
    kExpired,
    kFailedLate,
    kNotFound,  // of a lookup: the provider has no such payment
};

inline const char* ToText(PaymentState state) {
    switch (state) {
        case PaymentState::kRequiresAction:
            return "requires_action";
        case PaymentState::kPending:
            return "pending";
        case PaymentState::kAuthorised:
            return "authorised";
        case PaymentState::kPartlyCaptured:
            return "partly_captured";
        case PaymentState::kCaptured:
            return "captured";
        case PaymentState::kPartlyRefunded:
            return "partly_refunded";
        case PaymentState::kRefunded:
            return "refunded";
        case PaymentState::kDeclined:
            return "declined";
        case PaymentState::kFailed:
            return "failed";
        case PaymentState::kCancelled:
            return "cancelled";
        case PaymentState::kExpired:
            return "expired";
        case PaymentState::kFailedLate:
            return "failed_late";
        case PaymentState::kNotFound:
            return "not_found";
    }
    return "pending";
}

// What the customer does next: leave for a page. By a link, or with a form whose fields his browser
// posts there: fields and POST come together.
struct Action {
    enum class Method { kGet, kPost };
    std::string url;
    Method method = Method::kGet;
    std::map<std::string, std::string> fields;
    std::int64_t expires_at = 0;  // Unix seconds; 0: unknown
};

// A kept method as a person may see it.
struct StoredMethod {
    std::string token;
    std::string kind;  // "card", "bank_debit", "wallet"
    std::string brand;
    std::string last4;
    int expiry_month = 0;
    int expiry_year = 0;
    std::string customer;  // the provider's id
    std::string mandate;
    std::string network_transaction_id;
};

struct PaymentResult {
    PaymentState state = PaymentState::kPending;
    std::string provider_id;
    // As the provider repeats them; the host compares them with what was asked. Absent is no
    // agreement: the host then looks the payment up.
    std::optional<Money> amount;
    std::optional<Money> captured;
    std::optional<Money> refunded;
    // What the customer's bank has taken back and not given back again (a dispute that is open or
    // lost); zero, not absent, where the provider says that there is none.
    std::optional<Money> charged_back;
    std::optional<Action> action;
    std::optional<StoredMethod> method;  // kept, or used
    std::optional<Error> error;
    std::optional<Money> fee;
    std::int64_t expires_at = 0;  // of an authorisation, Unix seconds

    static PaymentResult In(PaymentState state, std::string provider_id) {
        PaymentResult result;
        result.state = state;
        result.provider_id = std::move(provider_id);
        return result;
    }
    static PaymentResult Captured(std::string id, Money echo) {
        PaymentResult result = In(PaymentState::kCaptured, std::move(id));
        result.amount = std::move(echo);
        return result;
    }
    static PaymentResult Authorised(std::string id, Money echo, std::int64_t expires_at = 0) {
        PaymentResult result = In(PaymentState::kAuthorised, std::move(id));
        result.amount = std::move(echo);
        result.expires_at = expires_at;
        return result;
    }
    static PaymentResult Pending(std::string id) {
        return In(PaymentState::kPending, std::move(id));
    }
    static PaymentResult Cancelled(std::string id) {
        return In(PaymentState::kCancelled, std::move(id));
    }
    static PaymentResult NotFound() { return In(PaymentState::kNotFound, ""); }
    // A lookup that learnt nothing, and why: it ends nothing.
    static PaymentResult Unlearnt(std::string id, Error why) {
        PaymentResult result = Pending(std::move(id));
        result.error = std::move(why);
        return result;
    }
    static PaymentResult Redirect(std::string id, std::string url) {
        PaymentResult result = In(PaymentState::kRequiresAction, std::move(id));
        result.action = Action();
        result.action->url = std::move(url);
        return result;
    }
    // Nothing was charged: declined where the category says so, failed for every other.
    static PaymentResult Failed(Error why, std::string id = "") {
        const bool declined = why.category == Category::kDeclined ||
                              why.category == Category::kAuthenticationRequired;
        PaymentResult result =
            In(declined ? PaymentState::kDeclined : PaymentState::kFailed, std::move(id));
        result.error = std::move(why);
        return result;
    }
};

enum class RefundState { kPending, kSucceeded, kFailed, kNotFound };

inline const char* ToText(RefundState state) {
    switch (state) {
        case RefundState::kPending:
            return "pending";
        case RefundState::kSucceeded:
            return "succeeded";
        case RefundState::kFailed:
            return "failed";
        case RefundState::kNotFound:
            return "not_found";
    }
    return "pending";
}

struct RefundResult {
    RefundState state = RefundState::kPending;
    std::string provider_id;
    std::optional<Money> amount;
    std::optional<Error> error;

    static RefundResult In(RefundState state, std::string id, std::optional<Money> echo) {
        RefundResult result;
        result.state = state;
        result.provider_id = std::move(id);
        result.amount = std::move(echo);
        return result;
    }
    static RefundResult Succeeded(std::string id, Money echo) {
        return In(RefundState::kSucceeded, std::move(id), std::move(echo));
    }
    static RefundResult Pending(std::string id, Money echo) {
        return In(RefundState::kPending, std::move(id), std::move(echo));
    }
    static RefundResult NotFound() { return In(RefundState::kNotFound, "", std::nullopt); }
    static RefundResult Unlearnt(std::string id, Error why) {
        RefundResult result = In(RefundState::kPending, std::move(id), std::nullopt);
        result.error = std::move(why);
        return result;
    }
    static RefundResult Failed(Error why, std::string id = "") {
        RefundResult result = In(RefundState::kFailed, std::move(id), std::nullopt);
        result.error = std::move(why);
        return result;
    }
};

enum class SetupState { kRequiresAction, kPending, kActive, kFailed, kExpired, kNotFound };

inline const char* ToText(SetupState state) {
    switch (state) {
        case SetupState::kRequiresAction:
            return "requires_action";
        case SetupState::kPending:
            return "pending";
        case SetupState::kActive:
            return "active";
        case SetupState::kFailed:
            return "failed";
        case SetupState::kExpired:
            return "expired";
        case SetupState::kNotFound:
            return "not_found";
    }
    return "pending";
}

struct SetupResult {
    SetupState state = SetupState::kPending;
    std::string provider_id;
    std::optional<StoredMethod> method;  // of kActive
    std::optional<Action> action;
    std::optional<Error> error;
};

// What a webhook is about. The host looks it up and believes only that.
struct Event {
    enum class About { kPayment, kRefund, kSetup, kMethod, kDispute, kNothing };
    std::string id;  // of the provider; a second one of this id is dropped
    About about = About::kNothing;
    std::string provider_id;
    std::string reference;
};

inline const char* ToText(Event::About about) {
    switch (about) {
        case Event::About::kPayment:
            return "payment";
        case Event::About::kRefund:
            return "refund";
        case Event::About::kSetup:
            return "setup";
        case Event::About::kMethod:
            return "method";
        case Event::About::kDispute:
            return "dispute";
        case Event::About::kNothing:
            return "nothing";
    }
    return "nothing";
}

struct Transaction {
    enum class Kind { kPayment, kRefund, kChargeback, kChargebackReversal, kFee };
    Kind kind = Kind::kPayment;
    std::string provider_id;
    std::string reference;
    std::string payment;  // of what is about one: the provider's id of it
    Money amount;
    std::optional<Money> fee;
    std::int64_t at = 0;  // Unix seconds
    std::string state;    // PaymentState or RefundState
};

inline const char* ToText(Transaction::Kind kind) {
    switch (kind) {
        case Transaction::Kind::kPayment:
            return "payment";
        case Transaction::Kind::kRefund:
            return "refund";
        case Transaction::Kind::kChargeback:
            return "chargeback";
        case Transaction::Kind::kChargebackReversal:
            return "chargeback_reversal";
        case Transaction::Kind::kFee:
            return "fee";
    }
    return "payment";
}

struct TransactionPage {
    std::vector<Transaction> transactions;
    std::string next;  // "": that was the last page
};

// A page without an address shows a customer nothing, and is no answer of a provider that took
// anything on: it is not guessed what became of the request.
inline Json ToJson(const Action& action) {
    if (action.url.empty())
        throw BadMessage("a customer is to go to a page, and it has no address");
    const bool posts = action.method == Action::Method::kPost;
    if (posts == action.fields.empty())
        throw BadMessage("a page that is posted to has fields, and a link has none");
    Json json{{"kind", "redirect"}, {"url", action.url}, {"method", posts ? "POST" : "GET"}};
    if (!action.fields.empty()) json["fields"] = action.fields;
    if (action.expires_at > 0) json["expires_at"] = action.expires_at;
    return json;
}

inline Json ToJson(const StoredMethod& method) {
    Json json = Json::object();
    PutText(json, "token", method.token);
    PutText(json, "kind", method.kind);
    PutText(json, "brand", method.brand);
    PutText(json, "last4", method.last4);
    if (method.expiry_year > 0) {
        json["expiry_month"] = method.expiry_month;
        json["expiry_year"] = method.expiry_year;
    }
    PutText(json, "customer", method.customer);
    PutText(json, "mandate", method.mandate);
    PutText(json, "network_transaction_id", method.network_transaction_id);
    return json;
}

namespace detail {
template <class T>
void PutIf(Json& json, const char* key, const std::optional<T>& value) {
    if (value) json[key] = ToJson(*value);
}
}  // namespace detail

inline Json ToJson(const PaymentResult& result) {
    Json json{{"state", ToText(result.state)}};
    PutText(json, "provider_id", result.provider_id);
    detail::PutIf(json, "amount", result.amount);
    detail::PutIf(json, "captured", result.captured);
    detail::PutIf(json, "refunded", result.refunded);
    detail::PutIf(json, "charged_back", result.charged_back);
    detail::PutIf(json, "action", result.action);
    detail::PutIf(json, "method", result.method);
    detail::PutIf(json, "error", result.error);
    detail::PutIf(json, "fee", result.fee);
    if (result.expires_at > 0) json["expires_at"] = result.expires_at;
    return json;
}

inline Json ToJson(const RefundResult& result) {
    Json json{{"state", ToText(result.state)}};
    PutText(json, "provider_id", result.provider_id);
    detail::PutIf(json, "amount", result.amount);
    detail::PutIf(json, "error", result.error);
    return json;
}

inline Json ToJson(const SetupResult& result) {
    Json json{{"state", ToText(result.state)}};
    PutText(json, "provider_id", result.provider_id);
    detail::PutIf(json, "method", result.method);
    detail::PutIf(json, "action", result.action);
    detail::PutIf(json, "error", result.error);
    return json;
}

inline Json ToJson(const std::vector<Event>& events) {
    Json list = Json::array();
    for (const Event& event : events) {
        Json json{{"id", event.id}, {"about", ToText(event.about)}};
        PutText(json, "provider_id", event.provider_id);
        PutText(json, "reference", event.reference);
        list.push_back(std::move(json));
    }
    return {{"events", std::move(list)}};
}

inline Json ToJson(const TransactionPage& page) {
    Json list = Json::array();
    for (const Transaction& transaction : page.transactions) {
        Json json{{"kind", ToText(transaction.kind)},
                  {"provider_id", transaction.provider_id},
                  {"amount", ToJson(transaction.amount)},
                  {"at", transaction.at}};
        PutText(json, "reference", transaction.reference);
        PutText(json, "payment", transaction.payment);
        PutText(json, "state", transaction.state);
        detail::PutIf(json, "fee", transaction.fee);
        list.push_back(std::move(json));
    }
    Json json{{"transactions", std::move(list)}};
    PutText(json, "next", page.next);
    return json;
}

}  // namespace livery::gw

#endif
