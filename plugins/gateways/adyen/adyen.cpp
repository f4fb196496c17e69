#include <livery/gateway/gateway.hpp>

#include "facts.h"
#include "readings.h"
#include "refusal_reasons.h"

namespace livery::adyen {

namespace {

using gw::Json;
using gw::PaymentResult;
using gw::RefundResult;

constexpr std::int64_t kOpen = 3'600;            // seconds, of a session's page
constexpr std::int64_t kUntilTold = 25 * 3'600;  // seconds

Json AmountOf(const gw::Money& money) {
    return {{"value", money.minor()}, {"currency", money.currency()}};
}

// How often, and by whom, a kept card is charged.
const char* ModelOf(gw::Initiator initiator) {
    switch (initiator) {
        case gw::Initiator::kMerchantRecurring:
            return "Subscription";
        case gw::Initiator::kMerchantUnscheduled:
            return "UnscheduledCardOnFile";
        case gw::Initiator::kCustomer:
            return "CardOnFile";
    }
    return "CardOnFile";
}

std::string At(const std::map<std::string, std::string>& query, const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
}

}  // namespace

class Adyen final : public gw::Gateway {
 public:
    Adyen(const gw::Config& config, gw::Host& host)
        : host_(host),
          facts_(host),
          merchant_(config.Text("merchant_account")),
          api_(host.At(config.Text("base_url"),
                       gw::ApiKeyHeader{"X-API-Key", config.Secret("api_key")})) {}

    static gw::Descriptor Describe() {
        return gw::Descriptor{"adyen", "1.0.0", "Adyen"}
            .Config("base_url", gw::Key::Url({"checkout-test.adyen.com", "*.adyenpayments.com"})
                                    .Says("With the version: https://checkout-test.adyen.com/v72"))
            .Config("merchant_account", gw::Key::Text().Says("The merchant account's name"))
            .Config("api_key", gw::Key::Secret().Says("An API key for Checkout"))
            .Config("hook_key", gw::Key::Secret().Says("The webhook's HMAC key, as Adyen shows it"))
            .Methods({"card"})
            .Currencies({"EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN",
                         "CZK", "HUF", "RON", "CAD", "AUD", "NZD", "JPY", "SGD",
                         "HKD", "AED", "SAR", "KWD", "BHD", "OMR", "JOD"})
            .CanDo({gw::Can::kManualCapture, gw::Can::kPartialCapture, gw::Can::kCancel,
                    gw::Can::kRefund, gw::Can::kPartialRefund, gw::Can::kRedirect, gw::Can::kSetup,
                    gw::Can::kChargeLater, gw::Can::kDetach, gw::Can::kNativeIdempotency})
            .IdempotencyHours(24 * 7)
            .DecidesWithinHours(24)
            .Webhook(Signature());
    }

    PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        if (order.capture == gw::Capture::kManual) host_.Remember(ManualKey(order.reference), "1");
        return order.method.token.empty() ? StartOnPage(order) : ChargeKept(order);
    }

    // What the browser brings back is a word for Adyen to explain, not an outcome.
    PaymentResult ContinuePayment(const gw::PaymentReturn& back) override {
        const std::string redirect = At(back.query, "redirectResult");
        const std::string session = At(back.query, "sessionResult");
        if (!redirect.empty())
            return Read(api_.Post("/payments/details", back.reference + "-details",
                                  {{"details", {{"redirectResult", redirect}}}}),
                        CaptureOf(back.reference));
        if (session.empty() || !IsSession(back.provider_id))
            return LookupPayment({back.provider_id, back.reference, ""});
        const gw::Response answer =
            api_.Get("/sessions/" + back.provider_id, {{"sessionResult", session}});
        if (!answer.Ok()) return LookupPayment({back.provider_id, back.reference, ""});
        const std::string status = answer.Text("status");
        if (status == "completed" || status == "paymentPending")
            host_.Remember("done:" + back.provider_id, "yes");
        return As(back.provider_id, PaymentOfResult(answer.body()));
    }

    PaymentResult LookupPayment(const gw::PaymentQuery& query) override {
        const bool on_page = IsSession(query.provider_id);
        std::string psp = facts_.Authorised(query.reference);
        if (psp.empty() && !on_page) psp = query.provider_id;
        if (psp.empty() && !on_page) psp = facts_.Refused(query.reference);
        if (!psp.empty()) return As(query.provider_id, Told(psp));
        // Nobody can say that it is not there.
        if (!on_page) throw gw::UnsupportedOperation();
        if (IsOpen(query.provider_id))
            return PaymentResult::Redirect(query.provider_id, PageOf(query.provider_id));
        return gw::PaymentResult::In(
            HasEnded(query.provider_id) ? gw::PaymentState::kExpired : gw::PaymentState::kPending,
            query.provider_id);
    }

    PaymentResult CapturePayment(const gw::CaptureOrder& order) override {
        return Change(order.provider_id, "/captures", order.idempotency_key,
                      {{"merchantAccount", merchant_},
                       {"amount", AmountOf(order.amount)},
                       {"reference", order.reference}});
    }
    PaymentResult CancelPayment(const gw::CancelOrder& order) override {
        return Change(order.provider_id, "/cancels", order.idempotency_key,
                      {{"merchantAccount", merchant_}, {"reference", order.reference}});
    }

    RefundResult CreateRefund(const gw::RefundOrder& order) override {
        const std::string psp = PspReferenceOf(order.provider_id);
        if (psp.empty()) return RefundResult::Failed(gw::StateConflict());
        const gw::Response answer =
            api_.Post("/payments/" + psp + "/refunds", order.idempotency_key,
                      {{"merchantAccount", merchant_},
                       {"amount", AmountOf(order.amount)},
                       {"reference", order.reference}});
        Settled(answer);
        if (!answer.Ok()) return RefundResult::Failed(ErrorOf(answer));
        return RefundResult::Pending(answer.Text("pspReference"), {answer.Integer("amount.value"),
                                                                   answer.Text("amount.currency")});
    }
    RefundResult LookupRefund(const gw::RefundQuery& query) override {
        if (query.provider_id.empty()) throw gw::UnsupportedOperation();
        return RefundOfFacts(facts_, query.provider_id);
    }

    gw::SetupResult StartSetup(const gw::SetupOrder& order) override {
        const std::string shopper = order.customer.empty() ? order.reference : order.customer;
        Json ask = Session(order.reference, order.return_url, order.locale);
        ask["amount"] = {{"value", 0}, {"currency", order.currency}};
        Keep(ask, shopper);
        gw::PutText(ask, "shopperEmail", order.email);
        const gw::Response answer = api_.Post("/sessions", order.idempotency_key, ask);
        gw::SetupResult result;
        if (!answer.Ok()) {
            result.state = gw::SetupState::kFailed;
            result.error = ErrorOf(answer);
            return result;
        }
        result.provider_id = SessionIn(answer);
        host_.Remember("shopper:" + order.reference, shopper);
        result.state = gw::SetupState::kRequiresAction;
        result.action = gw::Action();
        result.action->url = answer.Text("url");
        return result;
    }

    // The card that was kept under this reference, among those of the shopper.
    gw::SetupResult LookupSetup(const gw::SetupQuery& query) override {
        gw::SetupResult result;
        result.provider_id = query.provider_id;
        const auto authorised = facts_.Find(facts_.Authorised(query.reference), "AUTHORISATION");
        if (!authorised) return result;
        const std::string shopper = host_.Recall("shopper:" + query.reference);
        for (const Json& stored : StoredOf(shopper)) {
            if (gw::TextAt(stored, "id") != authorised->kept_method) continue;
            result.state = gw::SetupState::kActive;
            result.method = MethodOf(stored);
            result.method->customer = shopper;
        }
        return result;
    }

    std::optional<gw::Error> DetachMethod(const gw::DetachOrder& order) override {
        const gw::Response answer = api_.Send(
            {{"method", "DELETE"},
             {"path", "/storedPaymentMethods/" + order.token},
             {"query", {{"merchantAccount", merchant_}, {"shopperReference", order.customer}}},
             {"idempotency_key", order.idempotency_key}});
        if (answer.status() < 300) return std::nullopt;
        if (answer.status() != 404) return ErrorOf(answer);
        // Without their code it is a page of something in front of them, which knows nothing.
        if (answer.Text("errorCode").empty()) throw gw::BadMessage("a 404 that is not Adyen's");
        return std::nullopt;
    }

    std::vector<gw::Event> ParseEvents(const gw::VerifiedWebhook& webhook) override {
        std::vector<gw::Event> events;
        for (const Json& wrapped : webhook.Parsed().at("notificationItems")) {
            const Json& item = wrapped.at("NotificationRequestItem");
            if (gw::TextAt(item, "merchantAccountCode") != merchant_)
                throw gw::BadMessage("a webhook of another merchant account");
            facts_.Keep(item);
            events.push_back(EventOf(item, facts_));
            gw::Event& event = events.back();
            // The authorisation of nothing that keeps a card is no payment's.
            if (event.about == gw::Event::About::kPayment && IsSetup(event.reference))
                event.about = gw::Event::About::kSetup;
        }
        return events;
    }

    // The kept methods of a shopper who is not there: moves nothing.
    std::optional<gw::Error> CheckConfig() override {
        const gw::Response answer = api_.Get(
            "/storedPaymentMethods",
            {{"merchantAccount", merchant_}, {"shopperReference", "livery-no-such-shopper"}});
        if (answer.Ok()) return std::nullopt;
        // A page of something in front of them knows nothing of our key.
        if (answer.status() == 404 && answer.Text("errorCode").empty())
            throw gw::BadMessage("a 404 that is not Adyen's");
        return ErrorOf(answer);
    }

 private:
    static gw::HmacItemsWebhook Signature() {
        gw::HmacItemsWebhook signature;
        signature.secret = "hook_key";
        signature.fields = {
            "pspReference", "originalReference", "merchantAccountCode", "merchantReference",
            "amount.value", "amount.currency",   "eventCode",           "success"};
        signature.accepted = 202;
        return signature;
    }
    static std::string ManualKey(const std::string& reference) { return "manual:" + reference; }
    gw::Capture CaptureOf(const std::string& reference) const {
        return host_.Recall(ManualKey(reference)).empty() ? gw::Capture::kAutomatic
                                                          : gw::Capture::kManual;
    }

    // 704: another request uses this key now, or has used it. What became of it is not known.
    static void Settled(const gw::Response& answer) {
        if (answer.Text("errorCode") == "704")
            throw gw::OutcomeUnclear("another request uses this key now");
    }
    static PaymentResult Read(const gw::Response& answer, gw::Capture capture) {
        Settled(answer);
        if (answer.Ok()) return PaymentOf(answer.body(), capture);
        return PaymentResult::Failed(ErrorOf(answer), answer.Text("pspReference"));
    }
    // The payment goes by the id that it was given first.
    static PaymentResult As(const std::string& id, PaymentResult result) {
        if (!id.empty()) result.provider_id = id;
        return result;
    }
    // The id of one that can be shown to a customer.
    static std::string SessionIn(const gw::Response& answer) {
        if (answer.Text("id").empty() || answer.Text("url").empty())
            throw gw::BadMessage("a session without an id or a page");
        return answer.Text("id");
    }
    // One that was begun here; Adyen's references of payments may begin as its sessions do.
    bool IsSession(const std::string& id) const {
        return !id.empty() && !host_.Recall("session:" + id).empty();
    }
    // Of our references: a card that is set up, and no payment.
    bool IsSetup(const std::string& reference) const {
        return !reference.empty() && !host_.Recall("shopper:" + reference).empty();
    }
    // Adyen's reference of what was paid in a session; "" as long as nothing was told of it.
    std::string PspReferenceOf(const std::string& id) const {
        return IsSession(id) ? facts_.Authorised(host_.Recall("session:" + id)) : id;
    }
    std::string PageOf(const std::string& session) const { return host_.Recall("page:" + session); }
    // Whoever has not done there what was asked may go on, also with another card.
    bool IsOpen(const std::string& session) const {
        const std::string begun = host_.Recall("begun:" + session);
        return !begun.empty() && host_.Now() < std::stoll(begun) + kOpen &&
               !PageOf(session).empty() && host_.Recall("done:" + session).empty();
    }
    // A page is open for an hour, and what was paid on it has been told a day later.
    bool HasEnded(const std::string& session) const {
        const std::string begun = host_.Recall("begun:" + session);
        return !begun.empty() && host_.Now() > std::stoll(begun) + kUntilTold;
    }
    // What Adyen has told of a payment, whatever reference is asked by.
    PaymentResult Told(const std::string& psp) const {
        const auto authorised = facts_.Find(psp, "AUTHORISATION");
        return PaymentOfFacts(facts_, psp, CaptureOf(authorised ? authorised->reference : ""));
    }
    // Adyen takes a change now and tells later whether it was done. Of a payment that is known to
    // be over it is refused at once; but a repeat of the change that ended it gets what came of it.
    // A session in which nobody paid ends by itself, an hour after it began.
    PaymentResult Change(const std::string& id, const char* what, const std::string& key,
                         const Json& body) {
        const std::string psp = PspReferenceOf(id);
        if (psp.empty()) return PaymentResult::Failed(gw::StateConflict(), id);
        const PaymentResult now = Told(psp);
        const bool held =
            now.state == gw::PaymentState::kAuthorised || now.state == gw::PaymentState::kPending;
        const std::string mark = "change:" + psp + ":" + key;
        if (!held)
            return host_.Recall(mark).empty() ? PaymentResult::Failed(gw::StateConflict(), id)
                                              : As(id, now);
        host_.Remember(mark, "1");
        const gw::Response answer = api_.Post("/payments/" + psp + what, key, body);
        Settled(answer);
        if (answer.Ok()) return PaymentResult::Pending(id);
        return PaymentResult::Failed(ErrorOf(answer), id);
    }

    Json Session(const std::string& reference, const std::string& return_url,
                 const std::string& locale) const {
        Json ask{{"merchantAccount", merchant_},
                 {"reference", reference},
                 {"returnUrl", return_url},
                 {"mode", "hosted"},
                 {"allowedPaymentMethods", {"scheme"}}};
        gw::PutText(ask, "shopperLocale", locale);
        return ask;
    }
    static void Keep(Json& ask, const std::string& shopper) {
        ask["shopperReference"] = shopper;
        ask["storePaymentMethodMode"] = "enabled";
        ask["recurringProcessingModel"] = "CardOnFile";
        ask["shopperInteraction"] = "Ecommerce";
    }
    static void CaptureByHand(Json& ask, gw::Capture capture) {
        if (capture == gw::Capture::kManual) ask["additionalData"] = {{"manualCapture", "true"}};
    }

    PaymentResult StartOnPage(const gw::PaymentOrder& order) {
        Json ask = Session(order.reference, order.return_url, order.locale);
        ask["amount"] = AmountOf(order.amount);
        CaptureByHand(ask, order.capture);
        gw::PutText(ask, "shopperStatement", order.descriptor.substr(0, 22));
        if (order.keep_method) Keep(ask, order.customer.empty() ? order.reference : order.customer);
        const gw::Response answer = api_.Post("/sessions", order.idempotency_key, ask);
        Settled(answer);
        if (!answer.Ok()) return PaymentResult::Failed(ErrorOf(answer));
        const std::string session = SessionIn(answer);
        host_.Remember("session:" + session, order.reference);
        host_.Remember("begun:" + session, std::to_string(host_.Now()));
        host_.Remember("page:" + session, answer.Text("url"));
        return PaymentOfSession(answer.body());
    }

    PaymentResult ChargeKept(const gw::PaymentOrder& order) {
        // Adyen keeps cards by the shopper.
        if (order.customer.empty()) return PaymentResult::Failed(gw::InvalidRequest("customer"));
        const bool here = order.initiator == gw::Initiator::kCustomer;
        Json ask{
            {"merchantAccount", merchant_},
            {"amount", AmountOf(order.amount)},
            {"reference", order.reference},
            {"paymentMethod", {{"type", "scheme"}, {"storedPaymentMethodId", order.method.token}}},
            {"shopperReference", order.customer},
            {"shopperInteraction", "ContAuth"},
            {"recurringProcessingModel", ModelOf(order.initiator)},
            {"returnUrl", order.return_url}};
        if (here) {
            ask["channel"] = "Web";
            gw::PutText(ask, "shopperIP", order.browser.address);
        }
        CaptureByHand(ask, order.capture);
        gw::PutText(ask, "shopperStatement", order.descriptor.substr(0, 22));
        return Read(api_.Post("/payments", order.idempotency_key, ask), order.capture);
    }

    Json StoredOf(const std::string& shopper) {
        const gw::Response answer =
            api_.Get("/storedPaymentMethods",
                     {{"merchantAccount", merchant_}, {"shopperReference", shopper}});
        if (!answer.Ok()) throw gw::BadMessage("Adyen answered " + std::to_string(answer.status()));
        const Json* stored = gw::Find(answer.body(), "storedPaymentMethods");
        return stored != nullptr && stored->is_array() ? *stored : Json::array();
    }

    gw::Host host_;
    Facts facts_;
    std::string merchant_;
    gw::Http api_;
};

}  // namespace livery::adyen

LIVERY_GATEWAY(livery::adyen::Adyen)
