#include "sandbox/api/operations.h"

#include "sandbox/api/body.h"
#include "sandbox/api/views.h"
#include "sandbox/book/methods.h"

namespace livery::sandbox {

namespace {

using Need = Body::Need;
constexpr std::size_t kMostText = 255;
constexpr std::size_t kMostReference = 40;

[[noreturn]] void Conflict(std::string code, std::string message) {
    throw Refusal(409, std::move(code), std::move(message));
}

Payment Known(const Draft& draft, const std::string& id) {
    const Payment* payment = draft.book().FindPayment(draft.merchant(), id);
    if (payment == nullptr) throw Refusal(404, "no_such_payment", "There is no such payment.");
    return *payment;
}

void CheckMerchant(const Draft& draft, Body& body) {
    const std::string said = body.Text("merchant", kMostText, Need::kOptional);
    if (!said.empty() && said != draft.merchant())
        throw Refusal(403, "wrong_merchant", "This key belongs to another merchant.",
                      {{"merchant", "is not the one of this key"}});
}

// A magic amount speaks where the token says nothing; a kept method that is gone or too old is
// declined like a card in the hand.
std::string_view Resolve(const Draft& draft, Payment& payment, Body& body) {
    const Scenario* by_amount = ByAmount(payment.amount);
    if (by_amount != nullptr) payment.scenario = by_amount->number;
    if (payment.token.empty()) return "";
    const Scenario* scenario = ByToken(payment.token);
    const StoredMethod* kept = draft.book().FindMethod(draft.merchant(), payment.token);
    if (kept != nullptr) scenario = ByNumber(kept->scenario);
    if (scenario == nullptr) {
        body.Wrong("method", "is no method of this merchant");
        return "";
    }
    if (by_amount == nullptr || scenario->number > 3) payment.scenario = scenario->number;
    if (kept == nullptr) return "";
    if (kept->customer != payment.customer) body.Wrong("method", "belongs to another customer");
    if (kept->detached) return "method_detached";
    return IsExpired({kept->expiry_month, kept->expiry_year}, draft.now()) ? "expired_card" : "";
}

Payment ReadPayment(const Draft& draft, Body& body) {
    Payment payment;
    payment.id = draft.NewId("pay_");
    payment.merchant = draft.merchant();
    payment.reference = body.Text("reference", kMostReference, Need::kRequired);
    payment.amount = body.Amount("amount");
    payment.currency = body.Currency("currency");
    payment.capture = body.Flag("capture", true);
    payment.off_session = body.Flag("off_session", false);
    payment.keep_method = body.Flag("keep_method", false);
    payment.token = body.Text("method", kMostText, Need::kOptional);
    payment.customer = body.Text("customer", kMostText, Need::kOptional);
    payment.return_url = body.Text("return_url", 2'048, Need::kOptional);
    payment.locale = body.Text("locale", 35, Need::kOptional);
    body.Text("descriptor", 22, Need::kOptional);
    body.Texts("metadata");
    payment.created = draft.now();
    if (payment.token.empty() && payment.return_url.empty())
        body.Wrong("return_url", "is missing: without a method the customer needs a page");
    if (payment.token.empty() && payment.off_session)
        body.Wrong("method", "is missing: nobody is there to choose one");
    return payment;
}

}  // namespace

Done Operations::StartPayment(Draft& draft, std::string_view text) const {
    Body body(text);
    CheckMerchant(draft, body);
    Payment payment = ReadPayment(draft, body);
    const std::string_view refused = Resolve(draft, payment, body);
    body.Check();
    if (!refused.empty()) {
        draft.Decline(payment, refused);
    } else if (payment.token.empty()) {
        payment.state = "awaiting_customer";
        payment.session = draft.NewId("");
        payment.expires = draft.now() + draft.delays().page;
    } else {
        draft.Decide(payment);
        KeepIfWanted(draft, payment);
    }
    draft.Put(payment);
    return {201, ViewOf(payment, draft.FindMethod(payment.token), origin_)};
}

Done Operations::Capture(Draft& draft, const std::string& id, std::string_view text) const {
    Body body(text);
    Payment payment = Known(draft, id);
    std::int64_t amount = body.Amount("amount", Need::kOptional);
    if (amount == 0) amount = payment.amount;
    if (amount > payment.amount) body.Wrong("amount", "is more than was authorised");
    body.Check();
    if (payment.state == "paid") Conflict("already_captured", "It was captured before.");
    if (payment.state != "authorised") Conflict("wrong_state", "It is " + payment.state + ".");
    draft.Capture(payment, amount);
    draft.Put(payment);
    return {200, ViewOf(payment, draft.FindMethod(payment.token), origin_)};
}

Done Operations::Cancel(Draft& draft, const std::string& id) const {
    Payment payment = Known(draft, id);
    if (payment.state == "paid") Conflict("already_captured", "What is paid can be refunded only.");
    if (payment.state != "authorised" && payment.state != "awaiting_customer" &&
        payment.state != "processing")
        Conflict("wrong_state", "It is " + payment.state + ".");
    payment.state = "cancelled";
    payment.expires = 0;
    payment.due = 0;
    draft.Put(payment);
    return {200, ViewOf(payment, draft.FindMethod(payment.token), origin_)};
}

Done Operations::CreateRefund(Draft& draft, std::string_view text) const {
    Body body(text);
    Payment payment = Known(draft, body.Text("payment", kMostText, Need::kRequired));
    Refund refund;
    refund.id = draft.NewId("ref_");
    refund.merchant = draft.merchant();
    refund.payment = payment.id;
    refund.reference = body.Text("reference", kMostReference, Need::kRequired);
    refund.currency = payment.currency;
    refund.amount = body.Amount("amount");
    refund.created = draft.now();
    if (refund.amount > payment.captured - payment.refunded && payment.state == "paid")
        body.Wrong("amount", "is more than is left of the payment");
    body.Check();
    if (payment.state != "paid" || payment.dispute == "open" || payment.dispute == "lost")
        Conflict("wrong_state", "Only what is paid and undisputed can be refunded.");
    payment.refunded += refund.amount;
    const auto course = ByNumber(payment.scenario)->course;
    if (course == Scenario::Course::kRefundPending || course == Scenario::Course::kRefundFails) {
        refund.state = "processing";
        refund.due = draft.now() + draft.delays().decision;
    } else {
        draft.Finish(refund, payment);
    }
    draft.Put(refund);
    draft.Put(payment);
    return {201, ViewOf(refund)};
}

Done Operations::StartSetup(Draft& draft, std::string_view text) const {
    Body body(text);
    CheckMerchant(draft, body);
    Setup setup;
    setup.id = draft.NewId("set_");
    setup.merchant = draft.merchant();
    setup.reference = body.Text("reference", kMostReference, Need::kRequired);
    setup.customer = body.Text("customer", kMostText, Need::kOptional);
    setup.return_url = body.Text("return_url", 2'048, Need::kRequired);
    setup.locale = body.Text("locale", 35, Need::kOptional);
    setup.state = "awaiting_customer";
    setup.session = draft.NewId("");
    setup.created = draft.now();
    setup.expires = draft.now() + draft.delays().page;
    body.Check();
    draft.Put(setup);
    return {201, ViewOf(setup, nullptr, origin_)};
}

Done Operations::Detach(Draft& draft, const std::string& token) const {
    const StoredMethod* found = draft.book().FindMethod(draft.merchant(), token);
    if (found == nullptr) throw Refusal(404, "no_such_method", "There is no such method.");
    if (!found->detached) {
        StoredMethod method = *found;
        method.detached = true;
        draft.Put(method);
        draft.Tell("method.detached", "method", token, "");
    }
    return {200, {{"token", token}, {"detached", true}}};
}

Done Operations::SetWebhook(Draft& draft, std::string_view text) const {
    Body body(text);
    const std::string url = body.Text("url", 2'048, Need::kRequired);
    body.Check();
    draft.change().hooks[draft.merchant()] = url;
    return {200, {{"url", url}}};
}

}  // namespace livery::sandbox
