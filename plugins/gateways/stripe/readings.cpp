#include "readings.h"

#include <algorithm>

#include "decline_codes.h"

namespace livery::stripe {

namespace {

using gw::Json;
using gw::PaymentResult;
using gw::PaymentState;
using gw::TextAt;

std::string Mapped(std::string text, char from, char to, char shift) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [=](char c) { return c >= from && c <= to ? static_cast<char>(c + shift) : c; });
    return text;
}

std::string Large(std::string text) { return Mapped(std::move(text), 'a', 'z', 'A' - 'a'); }

// An id, whether the object was expanded or not.
std::string IdAt(const Json& json, std::string_view path) {
    const std::string id = TextAt(json, path);
    return id.empty() ? TextAt(json, std::string(path) + ".id") : id;
}

gw::StoredMethod CardOf(const Json& card) {
    gw::StoredMethod method;
    method.kind = "card";
    method.brand = TextAt(card, "brand");
    method.last4 = TextAt(card, "last4");
    method.expiry_month = static_cast<int>(gw::IntegerAt(card, "exp_month"));
    method.expiry_year = static_cast<int>(gw::IntegerAt(card, "exp_year"));
    return method;
}

// The card that paid, and by which token it may be charged again; kept only for a customer.
std::optional<gw::StoredMethod> MethodOf(const Json& intent) {
    const Json* card = gw::Find(intent, "latest_charge.payment_method_details.card");
    if (card == nullptr || !card->is_object()) return std::nullopt;
    gw::StoredMethod method = CardOf(*card);
    method.customer = IdAt(intent, "customer");
    if (!method.customer.empty()) method.token = IdAt(intent, "payment_method");
    method.network_transaction_id = TextAt(*card, "network_transaction_id");
    return method;
}

std::optional<gw::Action> ActionOf(const Json& next) {
    const std::string url = TextAt(next, "redirect_to_url.url");
    if (url.empty()) return std::nullopt;
    gw::Action action;
    action.url = url;
    return action;
}

// What the charge says beyond its intent: what was given back, what it cost.
void ReadCharge(const Json& intent, PaymentResult& result) {
    const Json* charge = gw::Find(intent, "latest_charge");
    if (charge == nullptr || !charge->is_object()) return;
    const gw::Money refunded = MoneyAt(*charge, "amount_refunded");
    result.refunded = refunded;
    const bool paid =
        result.state == PaymentState::kCaptured || result.state == PaymentState::kPartlyCaptured;
    if (refunded.minor() <= 0 || !paid) return;
    result.state = result.captured && refunded == *result.captured ? PaymentState::kRefunded
                                                                   : PaymentState::kPartlyRefunded;
}

PaymentState StateOf(const Json& intent) {
    const std::string status = TextAt(intent, "status");
    const Json* error = gw::Find(intent, "last_payment_error");
    if (status == "succeeded") return PaymentState::kCaptured;
    if (status == "requires_capture") return PaymentState::kAuthorised;
    if (status == "requires_action") return PaymentState::kRequiresAction;
    if (status == "canceled") return PaymentState::kCancelled;
    // Without an error nobody has tried yet.
    if (status == "requires_payment_method" && error != nullptr && error->is_object())
        return PaymentState::kDeclined;
    return PaymentState::kPending;
}

gw::RefundState RefundStateOf(const std::string& status) {
    if (status == "succeeded") return gw::RefundState::kSucceeded;
    if (status == "failed" || status == "canceled") return gw::RefundState::kFailed;
    return gw::RefundState::kPending;
}

// "charge", "refund", … of a balance transaction.
std::optional<gw::Transaction::Kind> KindOf(const Json& transaction) {
    const std::string type = TextAt(transaction, "type");
    if (type == "charge" || type == "payment") return gw::Transaction::Kind::kPayment;
    if (type == "refund" || type == "payment_refund" || type == "refund_failure" ||
        type == "payment_failure_refund")
        return gw::Transaction::Kind::kRefund;
    if (type == "stripe_fee") return gw::Transaction::Kind::kFee;
    if (type != "adjustment") return std::nullopt;
    const std::string category = TextAt(transaction, "reporting_category");
    if (category == "dispute") return gw::Transaction::Kind::kChargeback;
    if (category == "dispute_reversal") return gw::Transaction::Kind::kChargebackReversal;
    return std::nullopt;
}

}  // namespace

std::string Small(std::string text) { return Mapped(std::move(text), 'A', 'Z', 'a' - 'A'); }

gw::Money MoneyAt(const Json& object, std::string_view amount) {
    return {gw::IntegerAt(object, amount), Large(TextAt(object, "currency"))};
}

PaymentResult PaymentOf(const Json& intent) {
    PaymentResult result = PaymentResult::In(StateOf(intent), TextAt(intent, "id"));
    result.amount = MoneyAt(intent);
    result.captured = MoneyAt(intent, "amount_received");
    result.method = MethodOf(intent);
    if (const Json* next = gw::Find(intent, "next_action")) result.action = ActionOf(*next);
    if (result.state == PaymentState::kDeclined)
        result.error =
            ErrorOf(*gw::Find(intent, "last_payment_error"), gw::Soft(gw::Reason::kOther));
    // What was left of an authorisation when a part of it was captured is free again.
    if (result.state == PaymentState::kCaptured &&
        result.captured->minor() < result.amount->minor())
        result.state = PaymentState::kPartlyCaptured;
    ReadCharge(intent, result);
    return result;
}

PaymentResult PaymentOfSession(const Json& session) {
    const std::string status = TextAt(session, "status");
    const std::string id = TextAt(session, "id");
    if (status == "open") return PaymentResult::Redirect(id, TextAt(session, "url"));
    if (status == "expired") return PaymentResult::In(PaymentState::kExpired, id);
    const Json* intent = gw::Find(session, "payment_intent");
    if (intent == nullptr || !intent->is_object()) return PaymentResult::Pending(id);
    return PaymentOf(*intent);
}

gw::RefundResult RefundOf(const Json& refund) {
    gw::RefundResult result = gw::RefundResult::In(RefundStateOf(TextAt(refund, "status")),
                                                   TextAt(refund, "id"), MoneyAt(refund));
    if (result.state == gw::RefundState::kFailed) {
        result.error = gw::Hard(gw::Reason::kOther);
        result.error->provider_code = TextAt(refund, "failure_reason");
    }
    return result;
}

gw::SetupResult SetupOfSession(const Json& session) {
    gw::SetupResult result;
    result.provider_id = TextAt(session, "id");
    const std::string status = TextAt(session, "status");
    if (status == "open") {
        result.state = gw::SetupState::kRequiresAction;
        result.action = gw::Action();
        result.action->url = TextAt(session, "url");
        return result;
    }
    if (status == "expired") {
        result.state = gw::SetupState::kExpired;
        return result;
    }
    const Json* card = gw::Find(session, "setup_intent.payment_method.card");
    if (TextAt(session, "setup_intent.status") != "succeeded" || card == nullptr) return result;
    result.state = gw::SetupState::kActive;
    result.method = CardOf(*card);
    result.method->token = TextAt(session, "setup_intent.payment_method.id");
    result.method->customer = IdAt(session, "customer");
    return result;
}

std::optional<gw::Transaction> TransactionOf(const Json& balance) {
    const auto kind = KindOf(balance);
    if (!kind) return std::nullopt;
    gw::Transaction transaction;
    transaction.kind = *kind;
    transaction.provider_id = IdAt(balance, "source");
    if (*kind == gw::Transaction::Kind::kFee) transaction.provider_id = TextAt(balance, "id");
    transaction.payment = IdAt(balance, "source.payment_intent");
    // A charge is known here by its intent, unless somebody made it without one.
    if (*kind == gw::Transaction::Kind::kPayment && !transaction.payment.empty())
        transaction.provider_id = transaction.payment;
    transaction.reference = TextAt(balance, "source.metadata.reference");
    transaction.amount = MoneyAt(balance);
    transaction.fee = MoneyAt(balance, "fee");
    transaction.at = gw::IntegerAt(balance, "created");
    transaction.state = TextAt(balance, "source.status");
    return transaction;
}

bool IsOfDispute(const gw::Transaction& transaction) {
    return transaction.kind == gw::Transaction::Kind::kChargeback ||
           transaction.kind == gw::Transaction::Kind::kChargebackReversal;
}

bool BeganOnPage(const Json& balance) {
    return TextAt(balance, "source.metadata.began") == kOnPage;
}

gw::Event EventOf(const Json& event) {
    gw::Event read;
    read.id = TextAt(event, "id");
    const Json* object = gw::Find(event, "data.object");
    if (object == nullptr) return read;
    const std::string kind = TextAt(*object, "object");
    using About = gw::Event::About;
    read.provider_id = TextAt(*object, "id");
    read.reference = TextAt(*object, "metadata.reference");
    if (kind == "payment_intent") read.about = About::kPayment;
    if (kind == "refund") read.about = About::kRefund;
    if (kind == "payment_method") read.about = About::kMethod;
    if (kind == "checkout.session")
        read.about = TextAt(*object, "mode") == "setup" ? About::kSetup : About::kPayment;
    if (kind == "charge" || kind == "dispute") {
        read.about = kind == "charge" ? About::kPayment : About::kDispute;
        read.provider_id = IdAt(*object, "payment_intent");
    }
    return read;
}

gw::Money ChargedBack(const Json& disputes, const gw::Money& charge) {
    std::int64_t minor = 0;
    const Json* list = gw::Find(disputes, "data");
    if (list == nullptr || !list->is_array()) throw gw::BadMessage("a list has no `data`");
    for (const Json& dispute : *list) {
        const std::string status = TextAt(dispute, "status");
        // Inquiries (`warning_…`) take no money.
        if (status == "needs_response" || status == "under_review" || status == "lost")
            minor += gw::IntegerAt(dispute, "amount");
    }
    return {minor, charge.currency()};
}

}  // namespace livery::stripe
