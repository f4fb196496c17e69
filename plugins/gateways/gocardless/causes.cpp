#include "causes.h"

namespace livery::gocardless {

namespace {

using gw::Advice;
using gw::Hard;
using gw::Reason;
using gw::Soft;

// Source: GoCardless's page on events, "cause" of payments and mandates.
const gw::ErrorMap& Causes() {
    static const gw::ErrorMap kMap{
        {"authorisation_disputed", Hard(Reason::kDebitDisputed, Advice::kDoNotRetry)},
        {"bank_account_closed", Hard(Reason::kAccountClosed, Advice::kUpdateDetails)},
        {"bank_account_disabled", Hard(Reason::kAccountClosed, Advice::kUpdateDetails)},
        {"bank_account_transferred", Hard(Reason::kBankAccountInvalid, Advice::kUpdateDetails)},
        {"direct_debit_not_enabled", Hard(Reason::kDebitRefused)},
        {"insufficient_funds", Soft(Reason::kInsufficientFunds)},
        {"invalid_bank_details", Hard(Reason::kBankAccountInvalid, Advice::kUpdateDetails)},
        {"mandate_cancelled", Hard(Reason::kMandateRevoked)},
        {"mandate_expired", Hard(Reason::kMandateRevoked)},
        {"mandate_suspended_by_payer", Hard(Reason::kMandateRevoked)},
        {"payment_disputed", Hard(Reason::kDebitDisputed, Advice::kDoNotRetry)},
        {"payment_stopped", Hard(Reason::kDebitRefused, Advice::kContactIssuer)},
        {"refer_to_payer", Soft(Reason::kDebitRefused, Advice::kContactIssuer)},
        {"refund_requested", Hard(Reason::kDebitDisputed, Advice::kDoNotRetry)},
        {"test_failure", Soft(Reason::kOther)},
        {"variable_recurring_payment_cancelled_payment", Hard(Reason::kMandateRevoked)},
    };
    return kMap;
}

// The `reason` of an error, else its `type`.
const gw::ErrorMap& Refusals() {
    static const gw::ErrorMap kMap{
        {"access_token_not_found", gw::Configuration("access_token")},
        {"access_token_not_active", gw::Configuration("access_token")},
        {"access_token_revoked", gw::Configuration("access_token")},
        {"insufficient_permissions", gw::Configuration("access_token")},
        {"forbidden", gw::Configuration("access_token")},
        {"resource_not_found", gw::NotFound()},
        {"mandate_is_inactive", Hard(Reason::kMandateRevoked)},
        {"mandate_cancelled", Hard(Reason::kMandateRevoked)},
        {"cancellation_failed", gw::StateConflict()},
        {"refund_payment_invalid_state", gw::StateConflict()},
        {"total_amount_confirmation_invalid", gw::StateConflict()},
        {"number_of_refunds_exceeded", gw::StateConflict()},
        {"available_refund_amount_insufficient", gw::StateConflict()},
        {"invalid_state", gw::StateConflict()},
        {"validation_failed", gw::Of(gw::Category::kInvalidRequest)},
        {"invalid_api_usage", gw::Of(gw::Category::kInvalidRequest)},
    };
    return kMap;
}

// The first of the errors; an empty object where there is none.
gw::Json FirstError(const gw::Response& response) {
    const gw::Json* errors = gw::Find(response.body(), "error.errors");
    if (errors == nullptr || !errors->is_array() || errors->empty()) return gw::Json::object();
    return errors->front();
}

}  // namespace

gw::Error ErrorOfCause(const gw::Json& details) {
    gw::Error error =
        Causes().Match(gw::TextAt(details, "cause"), gw::TextAt(details, "description"));
    error.network_code = gw::TextAt(details, "reason_code");
    return error;
}

std::string MadeBefore(const gw::Response& response) {
    const gw::Json first = FirstError(response);
    if (gw::TextAt(first, "reason") != "idempotent_creation_conflict") return "";
    return gw::TextAt(first, "links.conflicting_resource_id");
}

gw::Error ErrorOf(const gw::Response& response) {
    const gw::Json first = FirstError(response);
    const std::string reason = gw::TextAt(first, "reason");
    const std::string type = response.Text("error.type");
    const gw::Error* known = Refusals().Find(reason);
    gw::Error error = gw::ByStatus(response);
    // What says nothing but 401, 403 or 429 is that.
    const bool by_status = response.status() < 400 || response.status() == 400 ||
                           response.status() == 409 || response.status() == 422;
    if (known == nullptr && by_status) known = Refusals().Find(type);
    if (known != nullptr) error = *known;
    if (error.category == gw::Category::kConfiguration) error.field = "access_token";
    error.provider_code = reason.empty() ? type : reason;
    error.provider_message = response.Text("error.message");
    if (error.category == gw::Category::kInvalidRequest) error.field = gw::TextAt(first, "field");
    return error;
}

}  // namespace livery::gocardless
