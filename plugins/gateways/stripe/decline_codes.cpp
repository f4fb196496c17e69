#include "decline_codes.h"

namespace livery::stripe {

namespace {

using gw::Advice;
using gw::Error;
using gw::Hard;
using gw::Reason;
using gw::Soft;

// What an issuer said (`decline_code`), else what Stripe did (`code`).
const gw::ErrorMap& Declines() {
    static const gw::ErrorMap kMap{
        {"approve_with_id", Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"authentication_required", gw::StepUp()},
        {"authentication_not_handled", gw::StepUp()},
        {"call_issuer", Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"card_not_supported", Hard(Reason::kMethodNotSupported)},
        {"card_velocity_exceeded", Soft(Reason::kLimitExceeded, Advice::kContactIssuer)},
        {"currency_not_supported", Hard(Reason::kCurrencyNotSupported)},
        {"do_not_honor", Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"do_not_try_again", Hard(Reason::kDoNotHonor, Advice::kDoNotRetry)},
        {"duplicate_transaction", Hard(Reason::kDuplicate, Advice::kDoNotRetry)},
        {"expired_card", Hard(Reason::kExpiredMethod, Advice::kUpdateDetails)},
        {"fraudulent", Hard(Reason::kFraudSuspected, Advice::kOtherMethod)},
        {"generic_decline", Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"incorrect_cvc", Hard(Reason::kIncorrectCvc, Advice::kUpdateDetails)},
        {"incorrect_number", Hard(Reason::kIncorrectNumber, Advice::kUpdateDetails)},
        {"incorrect_pin", Hard(Reason::kIncorrectPin, Advice::kUpdateDetails)},
        {"incorrect_zip", Hard(Reason::kIncorrectPostcode, Advice::kUpdateDetails)},
        {"insufficient_funds", Soft(Reason::kInsufficientFunds)},
        {"invalid_account", Hard(Reason::kAccountClosed)},
        {"invalid_amount", Hard(Reason::kAmountNotSupported)},
        {"invalid_cvc", Hard(Reason::kIncorrectCvc, Advice::kUpdateDetails)},
        {"invalid_expiry_month", Hard(Reason::kExpiredMethod, Advice::kUpdateDetails)},
        {"invalid_expiry_year", Hard(Reason::kExpiredMethod, Advice::kUpdateDetails)},
        {"invalid_number", Hard(Reason::kIncorrectNumber, Advice::kUpdateDetails)},
        {"invalid_pin", Hard(Reason::kIncorrectPin, Advice::kUpdateDetails)},
        {"issuer_not_available", Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"lost_card", Hard(Reason::kLostOrStolen)},
        {"merchant_blacklist", Hard(Reason::kFraudSuspected)},
        {"new_account_information_available", Hard(Reason::kOther, Advice::kUpdateDetails)},
        {"no_action_taken", Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"not_permitted", Hard(Reason::kNotPermitted, Advice::kContactIssuer)},
        {"offline_pin_required", Hard(Reason::kIncorrectPin)},
        {"online_or_offline_pin_required", Hard(Reason::kIncorrectPin)},
        {"payment_intent_authentication_failure",
         Hard(Reason::kAuthenticationFailed, Advice::kOtherMethod)},
        {"payment_method_customer_decline", Hard(Reason::kAuthenticationFailed)},
        {"payment_method_unexpected_state",
         Hard(Reason::kMethodNotSupported, Advice::kUpdateDetails)},
        {"pickup_card", Hard(Reason::kPickup)},
        {"pin_try_exceeded", Hard(Reason::kLimitExceeded)},
        {"processing_error", Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"reenter_transaction", Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"restricted_card", Hard(Reason::kNotPermitted)},
        {"revocation_of_all_authorizations", Hard(Reason::kMandateRevoked, Advice::kDoNotRetry)},
        {"revocation_of_authorization", Hard(Reason::kMandateRevoked, Advice::kDoNotRetry)},
        {"security_violation", Hard(Reason::kNotPermitted, Advice::kContactIssuer)},
        {"service_not_allowed", Hard(Reason::kNotPermitted, Advice::kContactIssuer)},
        {"setup_intent_authentication_failure", Hard(Reason::kAuthenticationFailed)},
        {"stolen_card", Hard(Reason::kLostOrStolen)},
        {"stop_payment_order", Hard(Reason::kMandateRevoked, Advice::kDoNotRetry)},
        {"testmode_decline", Hard(Reason::kTestMethodInLiveMode, Advice::kUpdateDetails)},
        {"transaction_not_allowed", Hard(Reason::kNotPermitted, Advice::kContactIssuer)},
        {"try_again_later", Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"withdrawal_count_limit_exceeded", Soft(Reason::kLimitExceeded)},
    };
    return kMap;
}

// What is wrong with our request or the state it found.
const gw::ErrorMap& Refusals() {
    static const gw::ErrorMap kMap{
        {"amount_too_large", Hard(Reason::kAmountNotSupported)},
        {"amount_too_small", Hard(Reason::kAmountNotSupported)},
        {"api_key_expired", gw::Configuration("api_key")},
        {"charge_already_captured", gw::StateConflict()},
        {"charge_already_refunded", gw::StateConflict()},
        {"charge_disputed", gw::StateConflict()},
        {"charge_expired_for_capture", gw::StateConflict()},
        {"payment_intent_unexpected_state", gw::StateConflict()},
        {"setup_intent_unexpected_state", gw::StateConflict()},
        {"platform_api_key_expired", gw::Configuration("api_key")},
        {"rate_limit", gw::Of(gw::Category::kRateLimited)},
        {"resource_missing", gw::NotFound()},
        {"secret_key_required", gw::Configuration("api_key")},
        {"testmode_charges_only", gw::Configuration("api_key")},
    };
    return kMap;
}

// Three digits of the scheme beside the words, where Stripe passes them on.
void KeepNetworkCodes(const gw::Json& error, gw::Error& read) {
    read.network_code = gw::TextAt(error, "network_decline_code");
    read.merchant_advice_code = gw::TextAt(error, "network_advice_code");
}

}  // namespace

gw::Error ErrorOf(const gw::Json& error, const gw::Error& by_status) {
    const std::string code = gw::TextAt(error, "code");
    const std::string decline = gw::TextAt(error, "decline_code");
    const std::string type = gw::TextAt(error, "type");
    const Error* known = Declines().Find(decline);
    if (known == nullptr) known = Declines().Find(code);
    if (known == nullptr) known = Refusals().Find(code);
    Error read = known != nullptr ? *known : by_status;
    if (known == nullptr && type == "card_error") read = Soft(Reason::kOther);
    if (type == "idempotency_error") read = gw::Of(gw::Category::kIdempotencyConflict);
    read.provider_code = !decline.empty() ? decline : !code.empty() ? code : type;
    read.provider_message = gw::TextAt(error, "message");
    if (read.category == gw::Category::kInvalidRequest) read.field = gw::TextAt(error, "param");
    KeepNetworkCodes(error, read);
    return read;
}

gw::Error ErrorOf(const gw::Response& response) {
    const gw::Json* error = gw::Find(response.body(), "error");
    gw::Error by_status = gw::ByStatus(response);
    if (by_status.category == gw::Category::kConfiguration) by_status.field = "api_key";
    return error != nullptr ? ErrorOf(*error, by_status) : by_status;
}

}  // namespace livery::stripe
