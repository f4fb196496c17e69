#include "refusal_reasons.h"

#include <algorithm>

namespace livery::adyen {

namespace {

using gw::Advice;
using gw::Error;
using gw::Hard;
using gw::Reason;
using gw::Soft;

// Source: Adyen's page on refusal reasons. The code, the word that a webhook uses, what it means.
struct Refusal {
    const char* code;
    const char* word;
    Error error;
};

const std::vector<Refusal>& Refusals() {
    static const std::vector<Refusal> kRefusals{
        {"2", "Refused", Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"3", "Referral", Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"4", "Acquirer Error", Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"5", "Blocked Card", Hard(Reason::kNotPermitted)},
        {"6", "Expired Card", Hard(Reason::kExpiredMethod, Advice::kUpdateDetails)},
        {"7", "Invalid Amount", Hard(Reason::kAmountNotSupported)},
        {"8", "Invalid Card Number", Hard(Reason::kIncorrectNumber, Advice::kUpdateDetails)},
        {"9", "Issuer Unavailable", Soft(Reason::kIssuerUnavailable, Advice::kRetryAfter)},
        {"10", "Not supported", Hard(Reason::kMethodNotSupported)},
        {"11", "3D Not Authenticated", Hard(Reason::kAuthenticationFailed)},
        {"12", "Not enough balance", Soft(Reason::kInsufficientFunds)},
        {"14", "Acquirer Fraud", Hard(Reason::kFraudSuspected)},
        {"15", "Cancelled", Hard(Reason::kOther)},
        {"16", "Shopper Cancelled", Soft(Reason::kOther)},
        {"17", "Invalid Pin", Hard(Reason::kIncorrectPin, Advice::kUpdateDetails)},
        {"18", "Pin tries exceeded", Hard(Reason::kLimitExceeded)},
        {"19", "Pin validation not possible", Soft(Reason::kOther)},
        {"20", "FRAUD", Hard(Reason::kFraudSuspected)},
        {"21", "Not Submitted", Soft(Reason::kOther)},
        {"22", "FRAUD-CANCELLED", Hard(Reason::kFraudSuspected)},
        {"23", "Transaction Not Permitted", Hard(Reason::kNotPermitted, Advice::kContactIssuer)},
        {"24", "CVC Declined", Hard(Reason::kIncorrectCvc, Advice::kUpdateDetails)},
        {"25", "Restricted Card", Hard(Reason::kNotPermitted)},
        {"26", "Revocation Of Auth", Hard(Reason::kMandateRevoked, Advice::kDoNotRetry)},
        {"27", "Declined Non Generic", Soft(Reason::kDoNotHonor, Advice::kContactIssuer)},
        {"28", "Withdrawal amount exceeded", Soft(Reason::kLimitExceeded)},
        {"29", "Withdrawal count exceeded", Soft(Reason::kLimitExceeded)},
        {"31", "Issuer Suspected Fraud", Hard(Reason::kFraudSuspected)},
        {"32", "AVS Declined", Hard(Reason::kIncorrectPostcode, Advice::kUpdateDetails)},
        {"33", "Card requires online pin", Hard(Reason::kIncorrectPin)},
        {"34", "No checking account available on Card", Hard(Reason::kAccountClosed)},
        {"35", "No savings account available on Card", Hard(Reason::kAccountClosed)},
        {"36", "Mobile pin required", Hard(Reason::kIncorrectPin)},
        {"37", "Contactless fallback", Soft(Reason::kOther)},
        {"38", "Authentication required", gw::StepUp()},
        {"39", "RReq not received from DS", Soft(Reason::kAuthenticationFailed)},
        {"40", "Current AID is in Penalty Box.", Soft(Reason::kOther)},
        {"42", "Restart PayPal Payment", gw::StepUp()},
        {"46", "CLOSED_ACCOUNT", Hard(Reason::kAccountClosed)},
    };
    return kRefusals;
}

// Adyen's own codes of what is wrong with a request.
const gw::ErrorMap& Codes() {
    static const gw::ErrorMap kMap{
        {"000", gw::Configuration("api_key")},
        {"010", gw::Configuration("api_key")},
        {"901", gw::Configuration("merchant_account")},
        {"903", gw::StateConflict()},
        {"167", gw::StateConflict()},
        {"800", Hard(Reason::kOther, Advice::kUpdateDetails)},
        {"803", Hard(Reason::kOther, Advice::kUpdateDetails)},
    };
    return kMap;
}

std::string Small(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

}  // namespace

Error ErrorOfRefusal(const gw::Json& payment) {
    const std::string code = gw::TextAt(payment, "refusalReasonCode");
    Error error = Soft(Reason::kOther);
    for (const Refusal& refusal : Refusals()) {
        if (code == refusal.code) error = refusal.error;
    }
    error.provider_code = code;
    error.provider_message = gw::TextAt(payment, "refusalReason");
    error.network_code = gw::TextAt(payment, "additionalData.refusalReasonRaw");
    error.merchant_advice_code = gw::TextAt(payment, "additionalData.merchantAdviceCode");
    return error;
}

// A webhook writes the word, sometimes in other letters: "REFUSED", "not_enough_balance".
Error ErrorOfReason(const std::string& reason) {
    std::string word = Small(reason);
    std::replace(word.begin(), word.end(), '_', ' ');
    Error error = Soft(Reason::kOther);
    for (const Refusal& refusal : Refusals()) {
        if (word == Small(refusal.word)) error = refusal.error;
    }
    error.provider_message = reason;
    return error;
}

Error ErrorOf(const gw::Response& response) {
    const std::string code = response.Text("errorCode");
    const Error* known = Codes().Find(code);
    Error error = known != nullptr ? *known : gw::ByStatus(response);
    if (known == nullptr && error.category == gw::Category::kConfiguration) error.field = "api_key";
    error.provider_code = code;
    error.provider_message = response.Text("message");
    return error;
}

}  // namespace livery::adyen
