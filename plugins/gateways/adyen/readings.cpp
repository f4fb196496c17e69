#include "readings.h"

#include <cstdlib>

#include "refusal_reasons.h"

namespace livery::adyen {

namespace {

using gw::Json;
using gw::PaymentResult;
using gw::PaymentState;
using gw::TextAt;

std::optional<gw::Money> MoneyAt(const Json& object) {
    const Json* amount = gw::Find(object, "amount");
    if (amount == nullptr || !amount->is_object()) return std::nullopt;
    return gw::Money(gw::IntegerAt(*amount, "value"), TextAt(*amount, "currency"));
}

PaymentState StateOf(const std::string& code, gw::Capture capture) {
    if (code == "Authorised")
        return capture == gw::Capture::kManual ? PaymentState::kAuthorised
                                               : PaymentState::kCaptured;
    if (code == "RedirectShopper") return PaymentState::kRequiresAction;
    if (code == "Refused") return PaymentState::kDeclined;
    if (code == "Cancelled") return PaymentState::kCancelled;
    if (code == "Error") return PaymentState::kFailed;
    return PaymentState::kPending;
}

std::optional<gw::Action> ActionOf(const Json& payment) {
    gw::Action action;
    action.url = TextAt(payment, "action.url");
    if (action.url.empty()) return std::nullopt;
    const Json* data = gw::Find(payment, "action.data");
    if (TextAt(payment, "action.method") != "POST" || data == nullptr) return action;
    action.method = gw::Action::Method::kPost;
    for (const auto& [name, value] : data->items()) {
        if (value.is_string()) action.fields[name] = value.get<std::string>();
    }
    return action;
}

std::optional<gw::StoredMethod> MethodOfFact(const Facts::Fact& fact) {
    gw::StoredMethod method;
    method.kind = "card";
    method.token = fact.kept_method;
    method.customer = fact.shopper;
    method.brand = fact.brand;
    method.last4 = fact.last4;
    return method;
}

// What was told of one payment.
struct Story {
    const Facts& facts;
    const std::string& psp;
    std::string reference;  // ours
    bool named_by_ours = facts.IsNamedByOurs(psp, reference);

    std::optional<Facts::Fact> Find(const char* code) const {
        auto fact = facts.Find(psp, code);
        if (fact || !named_by_ours) return fact;
        return facts.FindByOurs(reference, code);
    }
};

bool IsCancelled(const Story& story) {
    if (story.Find("CANCELLATION") || story.Find("TECHNICAL_CANCEL")) return true;
    const auto either = story.Find("CANCEL_OR_REFUND");
    return either && either->action == "cancel";
}

std::optional<Facts::Fact> GivenBack(const Story& story) {
    const auto either = story.Find("CANCEL_OR_REFUND");
    return either && either->action == "refund" ? either : std::nullopt;
}

// A capture that failed after all is a payment that never came; so is one that counted as taken
// and was cancelled. What is cancelled after a capture is the rest of an authorisation.
PaymentState StateOfFacts(const Story& story, gw::Capture capture, const gw::Money& authorised) {
    const bool by_hand = capture == gw::Capture::kManual;
    if (story.Find("CAPTURE_FAILED")) return PaymentState::kFailedLate;
    if (GivenBack(story)) return PaymentState::kRefunded;
    if (const auto captured = story.Find("CAPTURE"))
        return captured->amount.minor() < authorised.minor() ? PaymentState::kPartlyCaptured
                                                             : PaymentState::kCaptured;
    if (IsCancelled(story)) return by_hand ? PaymentState::kCancelled : PaymentState::kFailedLate;
    if (story.Find("EXPIRE")) return PaymentState::kExpired;
    return by_hand ? PaymentState::kAuthorised : PaymentState::kCaptured;
}

// The last stage that was told decides: what a scheme rules, then what the banks agree on before
// that, then whether the issuer came back after the defence.
gw::Money ChargedBack(const Story& story, const std::string& currency) {
    static const std::pair<const char*, bool> kStages[] = {{"SCHEME_ARBITRATION_LOST", true},
                                                           {"SCHEME_ARBITRATION_WON", false},
                                                           {"PREARBITRATION_LOST", true},
                                                           {"PREARBITRATION_WON", false},
                                                           {"SECOND_CHARGEBACK", true},
                                                           {"CHARGEBACK_REVERSED", false},
                                                           {"CHARGEBACK", true}};
    if (!story.Find(Facts::kDisputed)) return {0, currency};
    for (const auto& [code, holds] : kStages) {
        if (const auto told = story.Find(code))
            return holds ? told->amount : gw::Money(0, currency);
    }
    return {0, currency};
}

gw::Error ErrorOfLateFailure(const Story& story) {
    const auto failed = story.Find("CAPTURE_FAILED");
    return failed ? ErrorOfReason(failed->reason) : gw::Soft(gw::Reason::kOther);
}

}  // namespace

PaymentResult PaymentOf(const Json& payment, gw::Capture capture) {
    const std::string code = TextAt(payment, "resultCode");
    PaymentResult result =
        PaymentResult::In(StateOf(code, capture), TextAt(payment, "pspReference"));
    result.amount = MoneyAt(payment);
    if (result.state == PaymentState::kCaptured) result.captured = result.amount;
    if (result.state == PaymentState::kRequiresAction) result.action = ActionOf(payment);
    if (result.state == PaymentState::kDeclined || result.state == PaymentState::kFailed)
        result.error = ErrorOfRefusal(payment);
    if (result.error && result.error->category == gw::Category::kAuthenticationRequired)
        result.state = PaymentState::kDeclined;
    return result;
}

PaymentResult PaymentOfSession(const Json& session) {
    PaymentResult result = PaymentResult::Redirect(TextAt(session, "id"), TextAt(session, "url"));
    result.amount = MoneyAt(session);
    return result;
}

PaymentResult PaymentOfResult(const Json& session) {
    const std::string id = TextAt(session, "id");
    const std::string status = TextAt(session, "status");
    if (status == "canceled") return PaymentResult::Cancelled(id);
    if (status == "expired") return PaymentResult::In(PaymentState::kExpired, id);
    if (status == "refused") return PaymentResult::Failed(gw::Soft(gw::Reason::kOther), id);
    const Json* payments = gw::Find(session, "payments");
    const bool told = payments != nullptr && payments->is_array() && !payments->empty();
    // "Completed" alone names no money: what was paid comes by webhook.
    if (status != "completed" || !told) return PaymentResult::Pending(id);
    return PaymentOf(payments->front(), gw::Capture::kAutomatic);
}

PaymentResult PaymentOfFacts(const Facts& facts, const std::string& psp, gw::Capture capture) {
    const auto authorised = facts.Find(psp, "AUTHORISATION");
    if (!authorised) return PaymentResult::Pending(psp);
    if (!authorised->success) return PaymentResult::Failed(ErrorOfReason(authorised->reason), psp);
    const Story story{facts, psp, authorised->reference};
    PaymentResult result = PaymentResult::In(StateOfFacts(story, capture, authorised->amount), psp);
    result.amount = authorised->amount;
    const auto captured = story.Find("CAPTURE");
    if (result.state == PaymentState::kCaptured || result.state == PaymentState::kPartlyCaptured ||
        result.state == PaymentState::kRefunded)
        result.captured = captured ? captured->amount : authorised->amount;
    if (const auto back = GivenBack(story)) result.refunded = back->amount;
    result.charged_back = ChargedBack(story, authorised->amount.currency());
    result.method = MethodOfFact(*authorised);
    if (result.state == PaymentState::kFailedLate) result.error = ErrorOfLateFailure(story);
    return result;
}

gw::RefundResult RefundOfFacts(const Facts& facts, const std::string& psp) {
    gw::RefundResult result = gw::RefundResult::In(gw::RefundState::kPending, psp, std::nullopt);
    const auto taken = facts.Find(psp, "REFUND");
    if (taken) {
        result.amount = taken->amount;
        result.state = taken->success ? gw::RefundState::kSucceeded : gw::RefundState::kFailed;
    }
    for (const char* code : {"REFUND_FAILED", "REFUNDED_REVERSED"}) {
        if (const auto back = facts.Find(psp, code); back && back->success)
            result = gw::RefundResult::In(gw::RefundState::kFailed, psp, back->amount);
    }
    if (result.state == gw::RefundState::kFailed)
        result.error = ErrorOfReason(taken && !taken->success ? taken->reason : "Refused");
    return result;
}

gw::StoredMethod MethodOf(const Json& stored) {
    gw::StoredMethod method;
    method.kind = "card";
    method.token = TextAt(stored, "id");
    method.brand = TextAt(stored, "brand");
    method.last4 = TextAt(stored, "lastFour");
    method.expiry_month = std::atoi(TextAt(stored, "expiryMonth").c_str());
    method.expiry_year = std::atoi(TextAt(stored, "expiryYear").c_str());
    if (method.expiry_year > 0 && method.expiry_year < 100) method.expiry_year += 2000;
    method.network_transaction_id = TextAt(stored, "networkTxReference");
    method.customer = TextAt(stored, "shopperReference");
    return method;
}

// What happens to a payment is told under another reference, and names the payment's, or ours.
gw::Event EventOf(const Json& item, const Facts& facts) {
    const std::string code = TextAt(item, "eventCode");
    using About = gw::Event::About;
    gw::Event event;
    event.id = TextAt(item, "pspReference") + ":" + code + ":" + TextAt(item, "success");
    event.provider_id = facts.PaymentOf(item);
    event.reference = TextAt(item, "merchantReference");
    event.about = About::kNothing;
    for (const char* payment : {"AUTHORISATION", "CAPTURE", "CAPTURE_FAILED", "CANCELLATION",
                                "CANCEL_OR_REFUND", "TECHNICAL_CANCEL", "EXPIRE", "OFFER_CLOSED"}) {
        if (code == payment) event.about = About::kPayment;
    }
    if (IsOfDispute(code)) event.about = About::kDispute;
    if (code == "RECURRING_CONTRACT") event.about = About::kSetup;
    if (code.rfind("REFUND", 0) == 0) event.about = About::kRefund;
    return event;
}

}  // namespace livery::adyen
