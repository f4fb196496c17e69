// Pelican Pay's words in ours: codes, states, amounts. Nothing here asks anybody.
#pragma once

#include <optional>
#include <string>

#include <livery/gateway/gateway.hpp>

namespace pelican {

namespace gw = livery::gw;
using gw::Advice;
using gw::Json;
using gw::PaymentResult;
using gw::PaymentState;
using gw::Reason;
using gw::RefundResult;
using gw::RefundState;

// Their codes, and what a person or a program does about each.
inline const gw::ErrorMap& Errors() {
    static const gw::ErrorMap kErrors{
        {"insufficient_funds", gw::Soft(Reason::kInsufficientFunds)},
        {"limit_exceeded", gw::Soft(Reason::kLimitExceeded)},
        {"do_not_honour", gw::Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"card_declined", gw::Soft(Reason::kOther)},
        {"issuer_unavailable", gw::Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"debit_refused", gw::Soft(Reason::kDebitRefused)},
        {"amount_refused", gw::Soft(Reason::kAmountNotSupported)},
        {"expired_card", gw::Hard(Reason::kExpiredMethod, Advice::kUpdateDetails)},
        {"wrong_number", gw::Hard(Reason::kIncorrectNumber, Advice::kUpdateDetails)},
        {"wrong_cvc", gw::Soft(Reason::kIncorrectCvc, Advice::kUpdateDetails)},
        {"wrong_postcode", gw::Soft(Reason::kIncorrectPostcode, Advice::kUpdateDetails)},
        {"wrong_pin", gw::Soft(Reason::kIncorrectPin)},
        {"stolen_card", gw::Hard(Reason::kLostOrStolen, Advice::kDoNotRetry)},
        {"pick_up_card", gw::Hard(Reason::kPickup, Advice::kDoNotRetry)},
        {"suspected_fraud", gw::Hard(Reason::kFraudSuspected, Advice::kDoNotRetry)},
        {"not_permitted", gw::Hard(Reason::kNotPermitted, Advice::kDoNotRetry)},
        {"account_closed", gw::Hard(Reason::kAccountClosed, Advice::kDoNotRetry)},
        {"mandate_revoked", gw::Hard(Reason::kMandateRevoked, Advice::kDoNotRetry)},
        {"mandate_missing", gw::Hard(Reason::kMandateMissing)},
        {"bank_account_invalid", gw::Hard(Reason::kBankAccountInvalid, Advice::kUpdateDetails)},
        {"debit_disputed", gw::Hard(Reason::kDebitDisputed, Advice::kDoNotRetry)},
        {"currency_refused", gw::Hard(Reason::kCurrencyNotSupported)},
        {"country_refused", gw::Hard(Reason::kCountryNotSupported)},
        {"method_refused", gw::Hard(Reason::kMethodNotSupported)},
        {"method_detached", gw::Hard(Reason::kMethodNotSupported, Advice::kUpdateDetails)},
        {"duplicate_payment", gw::Hard(Reason::kDuplicate, Advice::kDoNotRetry)},
        {"authentication_required", gw::StepUp()},
        {"authentication_failed", gw::Hard(Reason::kAuthenticationFailed)},
        {"test_card_live", gw::Hard(Reason::kTestMethodInLiveMode)},
        {"bad_key", gw::Configuration("api_key")},
        {"wrong_merchant", gw::Configuration("merchant")},
        {"key_reused", gw::Of(gw::Category::kIdempotencyConflict)},
        {"already_captured", gw::StateConflict()},
        {"wrong_state", gw::StateConflict()},
    };
    return kErrors;
}

inline gw::Error DeclineOf(const gw::Json& decline) {
    gw::Error error = Errors().Match(gw::TextAt(decline, "code"), gw::TextAt(decline, "message"));
    error.network_code = gw::TextAt(decline, "network_code");
    error.merchant_advice_code = gw::TextAt(decline, "advice_code");
    return error;
}

// Of an answer that is no success. What it says is believed only where it says it in its own form;
// else the status decides.
inline gw::Error ErrorOf(const gw::Response& answer) {
    const std::string code = answer.Text("error.code");
    gw::Error error = gw::ByStatus(answer);
    if (const gw::Error* known = Errors().Find(code)) error = *known;
    if (!code.empty()) error.provider_code = code;
    error.provider_message = answer.Text("error.message");
    const Json* fields = gw::Find(answer.body(), "error.fields");
    if (fields != nullptr && fields->is_object() && !fields->empty() && error.field.empty())
        error.field = fields->begin().key();
    return error;
}

// "Not found" and the like must come from the provider, not from something on the way to it.
inline bool IsTheirs(const gw::Response& answer) { return !answer.Text("error.code").empty(); }

// A request that may have been carried out although its answer does not say so: only the host,
// which knows that it left, may say what that is worth.
inline void ThrowIfUndecided(const gw::Response& answer) {
    const int status = answer.status();
    const bool done = answer.Ok() && !answer.Text("id").empty();
    const bool refused = status >= 400 && status < 500 && (IsTheirs(answer) || gw::IsDoor(answer));
    if (!done && !refused)
        throw gw::BadMessage("the provider did not say what it did: HTTP " +
                             std::to_string(status));
}

// Nothing was learnt by a lookup: neither a success nor an end. Throws where not even why is known.
inline gw::Error WhyNotLearnt(const gw::Response& answer) {
    if (!gw::IsDoor(answer))
        throw gw::BadMessage("a lookup told nothing: HTTP " + std::to_string(answer.status()));
    return ErrorOf(answer);
}

// They count forints without the two decimals of ISO 4217.
constexpr int kTheirForints = 0;
constexpr int kIsoForints = 2;

inline std::int64_t ToTheirs(const gw::Money& money) {
    if (money.currency() != "HUF") return money.minor();
    return std::stoll(money.Decimal(kTheirForints, kIsoForints));
}

inline bool Fits(const gw::Money& money) {
    return money.currency() != "HUF" || money.minor() % 100 == 0;
}

inline gw::Money FromTheirs(std::int64_t amount, const std::string& currency) {
    if (currency != "HUF") return {amount, currency};
    return gw::Money::FromDecimal(std::to_string(amount), currency, kTheirForints, kIsoForints);
}

inline std::optional<gw::Money> MoneyAt(const Json& json, const char* key) {
    const std::string currency = gw::TextAt(json, "currency");
    if (gw::Find(json, key) == nullptr || currency.empty()) return std::nullopt;
    return FromTheirs(gw::IntegerAt(json, key), currency);
}

inline std::optional<gw::StoredMethod> MethodOf(const Json& json) {
    const Json* theirs = gw::Find(json, "method");
    if (theirs == nullptr) return std::nullopt;
    gw::StoredMethod method;
    method.token = gw::TextAt(*theirs, "token");
    method.kind = gw::TextAt(*theirs, "kind");
    method.brand = gw::TextAt(*theirs, "brand");
    method.last4 = gw::TextAt(*theirs, "last4");
    method.customer = gw::TextAt(*theirs, "customer");
    method.network_transaction_id = gw::TextAt(*theirs, "network_transaction_id");
    if (gw::Find(*theirs, "expiry.year") != nullptr) {
        method.expiry_month = static_cast<int>(gw::IntegerAt(*theirs, "expiry.month"));
        method.expiry_year = static_cast<int>(gw::IntegerAt(*theirs, "expiry.year"));
    }
    return method;
}

// A state that is not known here is pending: never a success, never an end.
inline PaymentState StateOf(const Json& json) {
    const std::string state = gw::TextAt(json, "state");
    if (state == "awaiting_customer") return PaymentState::kRequiresAction;
    if (state == "authorised") return PaymentState::kAuthorised;
    if (state == "declined") return PaymentState::kDeclined;
    if (state == "cancelled") return PaymentState::kCancelled;
    if (state == "expired") return PaymentState::kExpired;
    if (state == "returned") return PaymentState::kFailedLate;
    if (state != "paid") return PaymentState::kPending;
    const std::int64_t captured = gw::IntegerAt(json, "captured");
    const std::int64_t refunded = gw::IntegerAt(json, "refunded");
    if (refunded >= captured) return PaymentState::kRefunded;
    if (refunded > 0) return PaymentState::kPartlyRefunded;
    return captured < gw::IntegerAt(json, "amount") ? PaymentState::kPartlyCaptured
                                                    : PaymentState::kCaptured;
}

// What the payer's bank holds of it: it was taken all the same, so its state is still that of
// money.
inline gw::Money HeldByBank(const Json& json) {
    const std::string dispute = gw::TextAt(json, "dispute");
    const bool holds = dispute == "open" || dispute == "lost";
    const std::int64_t theirs = gw::IntegerAt(json, "captured") - gw::IntegerAt(json, "refunded");
    return FromTheirs(holds ? theirs : 0, gw::TextAt(json, "currency"));
}

// Where the customer goes on: by a link, or by a form where the page wants one.
inline gw::Action PageOf(const Json& json) {
    gw::Action action;
    action.url = gw::TextAt(json, "page");
    const Json* fields = gw::Find(json, "page_fields");
    if (fields == nullptr || !fields->is_object()) return action;
    action.method = gw::Action::Method::kPost;
    for (const auto& [name, value] : fields->items())
        if (value.is_string()) action.fields[name] = value.get<std::string>();
    return action;
}

inline PaymentResult PaymentOf(const Json& json) {
    PaymentResult result = PaymentResult::In(StateOf(json), gw::TextAt(json, "id"));
    result.amount = MoneyAt(json, "amount");
    result.captured = MoneyAt(json, "captured");
    result.refunded = MoneyAt(json, "refunded");
    result.fee = MoneyAt(json, "fee");
    if (gw::TextAt(json, "state") == "paid") result.charged_back = HeldByBank(json);
    result.method = MethodOf(json);
    if (gw::Find(json, "expires") != nullptr) result.expires_at = gw::IntegerAt(json, "expires");
    if (const Json* decline = gw::Find(json, "decline")) result.error = DeclineOf(*decline);
    if (result.state == PaymentState::kFailedLate && !result.error)
        result.error = gw::Hard(Reason::kDebitDisputed, Advice::kDoNotRetry);
    if (result.state == PaymentState::kRequiresAction) {
        result.action = PageOf(json);
        result.action->expires_at = result.expires_at;
    }
    return result;
}

inline RefundResult RefundOf(const Json& json) {
    const std::string state = gw::TextAt(json, "state");
    const RefundState ours = state == "done"     ? RefundState::kSucceeded
                             : state == "failed" ? RefundState::kFailed
                                                 : RefundState::kPending;
    RefundResult result = RefundResult::In(ours, gw::TextAt(json, "id"), MoneyAt(json, "amount"));
    if (const Json* decline = gw::Find(json, "decline")) result.error = DeclineOf(*decline);
    return result;
}

inline gw::SetupResult SetupOf(const Json& json) {
    const std::string state = gw::TextAt(json, "state");
    gw::SetupResult result;
    result.provider_id = gw::TextAt(json, "id");
    result.method = MethodOf(json);
    if (state == "active") result.state = gw::SetupState::kActive;
    if (state == "failed" || state == "cancelled") result.state = gw::SetupState::kFailed;
    if (state == "expired") result.state = gw::SetupState::kExpired;
    if (state == "awaiting_customer") {
        result.state = gw::SetupState::kRequiresAction;
        result.action = PageOf(json);
    }
    if (const Json* decline = gw::Find(json, "decline")) result.error = DeclineOf(*decline);
    return result;
}

inline gw::Transaction TransactionOf(const Json& json) {
    using Kind = gw::Transaction::Kind;
    const std::string kind = gw::TextAt(json, "kind");
    gw::Transaction transaction;
    if (kind == "refund") transaction.kind = Kind::kRefund;
    if (kind == "chargeback") transaction.kind = Kind::kChargeback;
    if (kind == "chargeback_reversal") transaction.kind = Kind::kChargebackReversal;
    transaction.provider_id = gw::TextAt(json, "object");
    transaction.payment = gw::TextAt(json, "payment");
    transaction.reference = gw::TextAt(json, "reference");
    transaction.amount = FromTheirs(gw::IntegerAt(json, "amount"), gw::TextAt(json, "currency"));
    transaction.fee = FromTheirs(gw::IntegerAt(json, "fee"), gw::TextAt(json, "currency"));
    transaction.at = gw::IntegerAt(json, "at");
    return transaction;
}

inline gw::Event::About AboutOf(const std::string& word) {
    using About = gw::Event::About;
    if (word == "payment") return About::kPayment;
    if (word == "refund") return About::kRefund;
    if (word == "setup") return About::kSetup;
    if (word == "method") return About::kMethod;
    if (word == "dispute") return About::kDispute;
    return About::kNothing;
}

}  // namespace pelican
