// Why something did not come about, so that a person is told what to do next and a program whether,
// and when, to try again. Texts of providers are kept beside it and never decide.
#ifndef LIVERY_GATEWAY_ERROR_HPP
#define LIVERY_GATEWAY_ERROR_HPP

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <livery/gateway/json.hpp>

namespace livery::gw {

enum class Category {
    kDeclined,                // issuer, bank or provider said no
    kAuthenticationRequired,  // the customer must confirm (SCA)
    kInvalidRequest,          // our message is wrong, `field` says where
    kUnsupported,
    kConfiguration,  // credentials or settings of the tenant
    kRateLimited,
    kProviderUnavailable,
    kIdempotencyConflict,  // that key was used for something else
    kNotFound,
    kStateConflict,  // it is no longer in a state that allows this
    kFraudReview,
};

// What a decline is about; the words are those of the contract.
enum class Reason {
    kNone,
    kInsufficientFunds,
    kLimitExceeded,
    kExpiredMethod,
    kIncorrectNumber,
    kIncorrectCvc,
    kIncorrectPostcode,
    kIncorrectPin,
    kLostOrStolen,
    kPickup,
    kFraudSuspected,
    kDoNotHonor,
    kNotPermitted,
    kAccountClosed,
    kMandateRevoked,
    kMandateMissing,
    kBankAccountInvalid,
    kDebitRefused,
    kDebitDisputed,
    kCurrencyNotSupported,
    kCountryNotSupported,
    kAmountNotSupported,
    kMethodNotSupported,
    kDuplicate,
    kIssuerUnavailable,
    kAuthenticationRequired,
    kAuthenticationFailed,
    kTestMethodInLiveMode,
    kOther,
};

// Soft: the same method may work later. Hard: it will not.
enum class Hardness { kNone, kSoft, kHard };

enum class Advice {
    kNone,
    kRetryAfter,  // see retry_after_seconds
    kAuthenticate,
    kUpdateDetails,
    kOtherMethod,
    kContactIssuer,
    kDoNotRetry,  // card schemes fine those who do
    kFixConfiguration,
};

const char* ToText(Category category);
const char* ToText(Reason reason);
const char* ToText(Hardness hardness);
const char* ToText(Advice advice);

struct Error {
    Category category = Category::kDeclined;
    Reason reason = Reason::kNone;
    Hardness hardness = Hardness::kNone;
    Advice advice = Advice::kNone;
    std::int64_t retry_after_seconds = 0;
    std::string field;  // of kInvalidRequest and kConfiguration: which member or key

    // As the provider said it; kept for people, masked in logs.
    std::string provider_code;
    std::string provider_message;
    std::string network_code;          // of the card scheme
    std::string merchant_advice_code;  // of the card scheme
};

// The usual ones, to be adapted where a provider says more.
inline Error Of(Category category, Reason reason, Hardness hardness, Advice advice) {
    Error error;
    error.category = category;
    error.reason = reason;
    error.hardness = hardness;
    error.advice = advice;
    return error;
}
inline Error Of(Category category) {
    return Of(category, Reason::kNone, Hardness::kNone, Advice::kNone);
}
inline Error Soft(Reason reason, Advice advice = Advice::kOtherMethod) {
    return Of(Category::kDeclined, reason, Hardness::kSoft, advice);
}
inline Error Hard(Reason reason, Advice advice = Advice::kOtherMethod) {
    return Of(Category::kDeclined, reason, Hardness::kHard, advice);
}
inline Error StepUp() {
    return Of(Category::kAuthenticationRequired, Reason::kAuthenticationRequired, Hardness::kSoft,
              Advice::kAuthenticate);
}
inline Error StateConflict() { return Of(Category::kStateConflict); }
inline Error NotFound() { return Of(Category::kNotFound); }
inline Error Unsupported() { return Of(Category::kUnsupported); }
inline Error InvalidRequest(std::string field) {
    Error error = Of(Category::kInvalidRequest);
    error.field = std::move(field);
    return error;
}
inline Error Configuration(std::string key) {
    Error error = Of(Category::kConfiguration);
    error.advice = Advice::kFixConfiguration;
    error.field = std::move(key);
    return error;
}

// A provider's codes as data. What it does not know is a soft decline of reason "other": it may be
// tried with another method, and is never taken for success.
class ErrorMap {
 public:
    using Entry = std::pair<const char*, Error>;
    ErrorMap(std::initializer_list<Entry> entries) : entries_(entries) {}

    // nullptr when `code` is not in it.
    const Error* Find(const std::string& code) const {
        for (const Entry& entry : entries_) {
            if (code == entry.first) return &entry.second;
        }
        return nullptr;
    }
    Error Match(const std::string& code, std::string message = "") const {
        const Error* known = Find(code);
        Error error = known != nullptr ? *known : Soft(Reason::kOther);
        error.provider_code = code;
        error.provider_message = std::move(message);
        return error;
    }

 private:
    std::vector<Entry> entries_;
};

inline const char* ToText(Category category) {
    switch (category) {
        case Category::kDeclined:
            return "declined";
        case Category::kAuthenticationRequired:
            return "authentication_required";
        case Category::kInvalidRequest:
            return "invalid_request";
        case Category::kUnsupported:
            return "unsupported";
        case Category::kConfiguration:
            return "configuration";
        case Category::kRateLimited:
            return "rate_limited";
        case Category::kProviderUnavailable:
            return "provider_unavailable";
        case Category::kIdempotencyConflict:
            return "idempotency_conflict";
        case Category::kNotFound:
            return "not_found";
        case Category::kStateConflict:
            return "state_conflict";
        case Category::kFraudReview:
            return "fraud_review";
    }
    return "declined";
}

inline const char* ToText(Reason reason) {
    switch (reason) {
        case Reason::kNone:
            return "";
        case Reason::kInsufficientFunds:
            return "insufficient_funds";
        case Reason::kLimitExceeded:
            return "limit_exceeded";
        case Reason::kExpiredMethod:
            return "expired_method";
        case Reason::kIncorrectNumber:
            return "incorrect_number";
        case Reason::kIncorrectCvc:
            return "incorrect_cvc";
        case Reason::kIncorrectPostcode:
            return "incorrect_postcode";
        case Reason::kIncorrectPin:
            return "incorrect_pin";
        case Reason::kLostOrStolen:
            return "lost_or_stolen";
        case Reason::kPickup:
            return "pickup";
        case Reason::kFraudSuspected:
            return "fraud_suspected";
        case Reason::kDoNotHonor:
            return "do_not_honor";
        case Reason::kNotPermitted:
            return "not_permitted";
        case Reason::kAccountClosed:
            return "account_closed";
        case Reason::kMandateRevoked:
            return "mandate_revoked";
        case Reason::kMandateMissing:
            return "mandate_missing";
        case Reason::kBankAccountInvalid:
            return "bank_account_invalid";
        case Reason::kDebitRefused:
            return "debit_refused";
        case Reason::kDebitDisputed:
            return "debit_disputed";
        case Reason::kCurrencyNotSupported:
            return "currency_not_supported";
        case Reason::kCountryNotSupported:
            return "country_not_supported";
        case Reason::kAmountNotSupported:
            return "amount_not_supported";
        case Reason::kMethodNotSupported:
            return "method_not_supported";
        case Reason::kDuplicate:
            return "duplicate";
        case Reason::kIssuerUnavailable:
            return "issuer_unavailable";
        case Reason::kAuthenticationRequired:
            return "authentication_required";
        case Reason::kAuthenticationFailed:
            return "authentication_failed";
        case Reason::kTestMethodInLiveMode:
            return "test_method_in_live_mode";
        case Reason::kOther:
            return "other";
    }
    return "other";
}

inline const char* ToText(Hardness hardness) {
    switch (hardness) {
        case Hardness::kNone:
            return "";
        case Hardness::kSoft:
            return "soft";
        case Hardness::kHard:
            return "hard";
    }
    return "";
}

inline const char* ToText(Advice advice) {
    switch (advice) {
        case Advice::kNone:
            return "";
        case Advice::kRetryAfter:
            return "retry_after";
        case Advice::kAuthenticate:
            return "authenticate";
        case Advice::kUpdateDetails:
            return "update_details";
        case Advice::kOtherMethod:
            return "other_method";
        case Advice::kContactIssuer:
            return "contact_issuer";
        case Advice::kDoNotRetry:
            return "do_not_retry";
        case Advice::kFixConfiguration:
            return "fix_configuration";
    }
    return "";
}

// Mastercard's 03 and 21, with or without their words behind them ("03 : Do not try again").
inline bool SchemeForbidsRetry(const std::string& advice_code) {
    const std::string code = advice_code.substr(0, advice_code.find_first_not_of("0123456789"));
    return code == "03" || code == "21";
}

// The one place that knows what a scheme forbids: it outweighs whatever the decline code says.
inline Json ToJson(const Error& said) {
    Error error = said;
    if (SchemeForbidsRetry(error.merchant_advice_code)) {
        error.hardness = Hardness::kHard;
        error.advice = Advice::kDoNotRetry;
        error.retry_after_seconds = 0;
    }
    Json json{{"category", ToText(error.category)}};
    PutText(json, "reason", ToText(error.reason));
    PutText(json, "hardness", ToText(error.hardness));
    PutText(json, "advice", ToText(error.advice));
    if (error.retry_after_seconds > 0) json["retry_after_seconds"] = error.retry_after_seconds;
    PutText(json, "field", error.field);
    PutText(json, "provider_code", error.provider_code);
    PutText(json, "provider_message", error.provider_message);
    PutText(json, "network_code", error.network_code);
    PutText(json, "merchant_advice_code", error.merchant_advice_code);
    return json;
}

}  // namespace livery::gw

#endif
