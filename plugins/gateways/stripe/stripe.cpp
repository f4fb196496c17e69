#include <livery/gateway/gateway.hpp>

#include "decline_codes.h"
#include "readings.h"
#include "writings.h"

namespace livery::stripe {

namespace {

using gw::Json;
using gw::PaymentResult;
using gw::RefundResult;

constexpr const char* kApiVersion = "2023-08-16";
constexpr int kPageOfRefunds = 100;

bool IsSession(const std::string& id) { return id.rfind("cs_", 0) == 0; }

}  // namespace

class Stripe final : public gw::Gateway {
 public:
    Stripe(const gw::Config& config, gw::Host& host)
        : host_(host), api_(host.At(BaseUrl(config), gw::Bearer{config.Secret("api_key")})) {
        api_.As(gw::Encoding::kForm).Header("Stripe-Version", kApiVersion);
    }

    static gw::Descriptor Describe() {
        return gw::Descriptor{"stripe", "1.0.0", "Stripe"}
            .Config("base_url", gw::Key::Url({"api.stripe.com"})
                                    .Optional()
                                    .Says("Stripe's API, unless told otherwise"))
            .Config("api_key", gw::Key::Secret().Says("A secret or restricted key: sk_… or rk_…"))
            .Config("hook_key",
                    gw::Key::Secret().Says("The signing secret of the webhook: whsec_…"))
            .Methods({"card"})
            .Currencies({"EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF",
                         "RON", "CAD", "AUD", "NZD", "JPY", "SGD", "HKD", "AED", "SAR"})
            .CanDo({gw::Can::kManualCapture, gw::Can::kPartialCapture, gw::Can::kCancel,
                    gw::Can::kRefund, gw::Can::kPartialRefund, gw::Can::kRedirect, gw::Can::kSetup,
                    gw::Can::kChargeLater, gw::Can::kDetach, gw::Can::kListTransactions,
                    gw::Can::kLookupByReference, gw::Can::kNativeIdempotency})
            .IdempotencyHours(24)
            .FindsAfterSeconds(120)
            .DecidesWithinHours(24)
            .Webhook(Signature());
    }

    PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        return order.method.token.empty() ? StartOnPage(order) : ChargeKept(order);
    }

    PaymentResult LookupPayment(const gw::PaymentQuery& query) override {
        if (query.provider_id.empty()) return FindByReference(query.reference);
        return IsSession(query.provider_id) ? LookupSession(query.provider_id)
                                            : LookupIntent(query.provider_id);
    }

    PaymentResult CapturePayment(const gw::CaptureOrder& order) override {
        return As(order.provider_id,
                  Read(api_.Post("/v1/payment_intents/" + IntentOf(order.provider_id) + "/capture",
                                 order.idempotency_key,
                                 {{"amount_to_capture", order.amount.minor()},
                                  {"expand", {"latest_charge"}}})));
    }

    // What has not been paid on its page yet is ended there, whatever was tried on it: Stripe lets
    // nobody else end the intent of a session that is open.
    PaymentResult CancelPayment(const gw::CancelOrder& order) override {
        if (!IsSession(order.provider_id)) return CancelIntent(order, order.provider_id);
        const gw::Response session = api_.Get("/v1/checkout/sessions/" + order.provider_id);
        const std::string intent = gw::TextAt(Known(session), "payment_intent");
        if (session.Text("status") == "complete" && !intent.empty())
            return CancelIntent(order, intent);
        const gw::Response closed =
            api_.Post("/v1/checkout/sessions/" + order.provider_id + "/expire",
                      order.idempotency_key + "-page", Json::object());
        if (!closed.Ok()) return PaymentResult::Failed(ErrorOf(closed), order.provider_id);
        return PaymentResult::Cancelled(order.provider_id);
    }

    RefundResult CreateRefund(const gw::RefundOrder& order) override {
        const gw::Response answer = api_.Post("/v1/refunds", order.idempotency_key,
                                              {{"payment_intent", IntentOf(order.provider_id)},
                                               {"amount", order.amount.minor()},
                                               {"metadata", Metadata(order.reference, {})}});
        Settled(answer);
        return answer.Ok() ? RefundOf(answer.body()) : RefundResult::Failed(ErrorOf(answer));
    }

    RefundResult LookupRefund(const gw::RefundQuery& query) override {
        if (query.provider_id.empty()) return FindRefund(query);
        const gw::Response answer = api_.Get("/v1/refunds/" + query.provider_id);
        if (IsMissing(answer)) return RefundResult::NotFound();
        return RefundOf(Known(answer));
    }

    gw::SetupResult StartSetup(const gw::SetupOrder& order) override {
        const gw::Response customer = EnsureCustomer(order);
        if (!customer.Ok()) return FailedSetup(customer);
        const gw::Response session =
            api_.Post("/v1/checkout/sessions", order.idempotency_key,
                      {{"mode", "setup"},
                       {"customer", customer.Text("id")},
                       {"payment_method_types", {"card"}},
                       {"success_url", order.return_url},
                       {"cancel_url", order.return_url},
                       {"locale", PageLocale(order.locale)},
                       {"client_reference_id", order.reference},
                       {"metadata", Metadata(order.reference, {})},
                       {"setup_intent_data", {{"metadata", Metadata(order.reference, {})}}}});
        return session.Ok() ? SetupOfSession(Begun(session)) : FailedSetup(session);
    }

    gw::SetupResult LookupSetup(const gw::SetupQuery& query) override {
        gw::SetupResult gone;
        gone.state = gw::SetupState::kNotFound;
        // A session whose answer was lost was never shown to anybody.
        if (query.provider_id.empty()) return gone;
        const gw::Response answer = api_.Get("/v1/checkout/sessions/" + query.provider_id,
                                             {{"expand", {"setup_intent.payment_method"}}});
        return IsMissing(answer) ? gone : SetupOfSession(Known(answer));
    }

    std::optional<gw::Error> DetachMethod(const gw::DetachOrder& order) override {
        const gw::Response answer = api_.Post("/v1/payment_methods/" + order.token + "/detach",
                                              order.idempotency_key, Json::object());
        if (answer.Ok()) return std::nullopt;
        const gw::Error error = ErrorOf(answer);
        // Not there, or of no customer any more.
        if (error.category == gw::Category::kNotFound) return std::nullopt;
        return error;
    }

    gw::TransactionPage ListTransactions(const gw::TransactionQuery& query) override {
        Json ask{{"created", {{"gte", query.from}, {"lt", query.to}}},
                 {"limit", 100},
                 {"expand", {"data.source"}}};
        gw::PutText(ask, "starting_after", query.cursor);
        const Json page = Known(api_.Get("/v1/balance_transactions", ask));
        gw::TransactionPage read;
        for (const Json& balance : page.at("data")) {
            auto transaction = TransactionOf(balance);
            if (!transaction) continue;
            if (IsOfDispute(*transaction)) transaction->payment = GivenFirst(transaction->payment);
            if (transaction->kind == gw::Transaction::Kind::kPayment && BeganOnPage(balance))
                transaction->provider_id = GivenFirst(transaction->payment);
            read.transactions.push_back(*std::move(transaction));
        }
        if (gw::FlagAt(page, "has_more")) read.next = gw::TextAt(page.at("data").back(), "id");
        return read;
    }

    std::vector<gw::Event> ParseEvents(const gw::VerifiedWebhook& webhook) override {
        gw::Event event = EventOf(webhook.Parsed());
        if (event.about == gw::Event::About::kDispute)
            event.provider_id = GivenFirst(event.provider_id);
        return {event};
    }

 private:
    static std::string BaseUrl(const gw::Config& config) {
        const std::string url = config.Text("base_url");
        return url.empty() ? "https://api.stripe.com" : url;
    }
    static gw::HmacWebhook Signature() {
        gw::HmacWebhook signature;
        signature.header = "Stripe-Signature";
        signature.secret = "hook_key";
        signature.signs = "{time}.{body}";
        signature.form = "t={time},v1={mac}";
        return signature;
    }

    // The key is in use by another request that has not ended: what becomes of it is not known.
    static void Settled(const gw::Response& answer) {
        if (answer.status() == 409) throw gw::OutcomeUnclear("another request uses this key now");
    }
    // What was found; who cannot find out must not answer "not found".
    static const Json& Known(const gw::Response& answer) {
        if (!answer.Ok())
            throw gw::BadMessage("Stripe answered " + std::to_string(answer.status()));
        return answer.body();
    }
    // Only what Stripe itself says is missing: a page of something between says nothing.
    static bool IsMissing(const gw::Response& answer) {
        return answer.status() == 404 && answer.Text("error.code") == "resource_missing";
    }
    // Of a PaymentIntent. An issuer's no comes as 402, with the intent it is about.
    static PaymentResult Read(const gw::Response& answer) {
        Settled(answer);
        if (answer.Ok()) return PaymentOf(answer.body());
        return PaymentResult::Failed(ErrorOf(answer), answer.Text("error.payment_intent.id"));
    }
    static gw::SetupResult FailedSetup(const gw::Response& answer) {
        Settled(answer);
        gw::SetupResult failed;
        failed.state = gw::SetupState::kFailed;
        failed.error = ErrorOf(answer);
        return failed;
    }

    // A session that was just made; without these it is none.
    static const Json& Begun(const gw::Response& session) {
        if (session.Text("id").empty() || session.Text("status").empty())
            throw gw::BadMessage("a session without an id or a status");
        return session.body();
    }

    // The payment goes by the id that it was given first.
    static PaymentResult As(const std::string& id, PaymentResult result) {
        result.provider_id = id;
        return result;
    }
    // What Stripe tells and lists names the intent; a payment that began on its page goes by the
    // session here. Who has looked at one knows it, else Stripe is asked.
    std::string GivenFirst(const std::string& intent) {
        if (intent.empty()) return intent;
        const std::string known = host_.Recall("session_of:" + intent);
        if (!known.empty()) return known;
        const Json page = Known(api_.Get("/v1/checkout/sessions", {{"payment_intent", intent}}));
        const Json& sessions = page.at("data");
        // What is listed or disputed was paid: that it began on no page is final, too.
        const std::string first = sessions.empty() ? intent : gw::TextAt(sessions.front(), "id");
        host_.Remember("session_of:" + intent, first);
        return first;
    }
    // "" as long as nobody has paid on the page of a session.
    std::string IntentOf(const std::string& id) {
        if (!IsSession(id)) return id;
        return gw::TextAt(Known(api_.Get("/v1/checkout/sessions/" + id)), "payment_intent");
    }

    PaymentResult CancelIntent(const gw::CancelOrder& order, const std::string& intent) {
        return As(order.provider_id, Read(api_.Post("/v1/payment_intents/" + intent + "/cancel",
                                                    order.idempotency_key, Json::object())));
    }

    PaymentResult StartOnPage(const gw::PaymentOrder& order) {
        Json intent{{"capture_method", CaptureMethod(order.capture)},
                    {"metadata", Metadata(order.reference, order.metadata)}};
        intent["metadata"]["began"] = kOnPage;
        if (order.keep_method) intent["setup_future_usage"] = "off_session";
        gw::PutText(intent, "statement_descriptor_suffix", Descriptor(order.descriptor));
        Json ask{{"mode", "payment"},
                 {"payment_method_types", {"card"}},
                 {"line_items", Json::array({Line(order)})},
                 {"payment_intent_data", std::move(intent)},
                 {"client_reference_id", order.reference},
                 {"metadata", Metadata(order.reference, {})},
                 {"success_url", order.return_url},
                 {"cancel_url", order.return_url},
                 {"locale", PageLocale(order.locale)}};
        gw::PutText(ask, "customer", order.customer);
        if (order.customer.empty() && order.keep_method) ask["customer_creation"] = "always";
        const gw::Response answer = api_.Post("/v1/checkout/sessions", order.idempotency_key, ask);
        Settled(answer);
        if (!answer.Ok()) return PaymentResult::Failed(ErrorOf(answer));
        PaymentResult result = PaymentOfSession(Begun(answer));
        result.amount = MoneyAt(answer.body(), "amount_total");
        return result;
    }
    static Json Line(const gw::PaymentOrder& order) {
        const std::string name = order.descriptor.empty() ? order.reference : order.descriptor;
        return {{"quantity", 1},
                {"price_data",
                 {{"currency", Small(order.amount.currency())},
                  {"unit_amount", order.amount.minor()},
                  {"product_data", {{"name", name}}}}}};
    }

    PaymentResult ChargeKept(const gw::PaymentOrder& order) {
        Json ask{{"amount", order.amount.minor()},
                 {"currency", Small(order.amount.currency())},
                 {"payment_method", order.method.token},
                 {"payment_method_types", {"card"}},
                 {"capture_method", CaptureMethod(order.capture)},
                 {"metadata", Metadata(order.reference, order.metadata)},
                 {"confirm", true},
                 {"expand", {"latest_charge"}}};
        gw::PutText(ask, "customer", order.customer);
        gw::PutText(ask, "statement_descriptor_suffix", Descriptor(order.descriptor));
        if (order.initiator == gw::Initiator::kCustomer)
            gw::PutText(ask, "return_url", order.return_url);
        else
            ask["off_session"] = true;
        const gw::Response answer = api_.Post("/v1/payment_intents", order.idempotency_key, ask);
        // The key has made a payment before, in other words: it is that one that is asked for.
        if (answer.Text("error.type") == "idempotency_error") {
            PaymentResult before = FindByReference(order.reference);
            if (before.state != gw::PaymentState::kNotFound) return before;
        }
        PaymentResult result = Read(answer);
        // Nothing but the card is named in such a request.
        if (result.error && result.error->category == gw::Category::kNotFound) {
            result.error->category = gw::Category::kInvalidRequest;
            result.error->field = answer.Text("error.param");
        }
        return result;
    }

    PaymentResult LookupSession(const std::string& id) {
        const gw::Response answer =
            api_.Get("/v1/checkout/sessions/" + id,
                     {{"expand", {"payment_intent", "payment_intent.latest_charge"}}});
        if (IsMissing(answer)) return PaymentResult::NotFound();
        if (gw::IsDoor(answer)) return PaymentResult::Unlearnt(id, ErrorOf(answer));
        PaymentResult result = PaymentOfSession(Known(answer));
        if (const std::string intent = answer.Text("payment_intent.id"); !intent.empty())
            host_.Remember("session_of:" + intent, id);
        if (result.amount) return As(id, WithDisputes(std::move(result), answer.body()));
        result.amount = MoneyAt(answer.body(), "amount_total");
        return result;
    }
    PaymentResult LookupIntent(const std::string& id) {
        const gw::Response answer =
            api_.Get("/v1/payment_intents/" + id, {{"expand", {"latest_charge"}}});
        if (IsMissing(answer)) return PaymentResult::NotFound();
        if (gw::IsDoor(answer)) return PaymentResult::Unlearnt(id, ErrorOf(answer));
        return WithDisputes(PaymentOf(Known(answer)), answer.body());
    }
    // Ours are letters, digits, '-' and '_': nothing that ends the quotes.
    PaymentResult FindByReference(const std::string& reference) {
        const gw::Response answer = api_.Get(
            "/v1/payment_intents/search", {{"query", "metadata['reference']:'" + reference + "'"},
                                           {"expand", {"data.latest_charge"}}});
        if (gw::IsDoor(answer)) return PaymentResult::Unlearnt("", ErrorOf(answer));
        const Json& intents = Known(answer).at("data");
        if (intents.empty()) return PaymentResult::NotFound();
        return WithDisputes(PaymentOf(intents.front()), intents.front());
    }
    // A second question only where there is something to ask about.
    PaymentResult WithDisputes(PaymentResult result, const Json& object) {
        const Json* intent = gw::Find(object, "payment_intent");
        const Json& paid = intent != nullptr && intent->is_object() ? *intent : object;
        if (!result.amount) return result;
        result.charged_back = gw::Money(0, result.amount->currency());
        if (!gw::FlagAt(paid, "latest_charge.disputed")) return result;
        result.charged_back =
            ChargedBack(Known(api_.Get("/v1/disputes", {{"payment_intent", result.provider_id}})),
                        *result.amount);
        return result;
    }

    RefundResult FindRefund(const gw::RefundQuery& query) {
        const Json page =
            Known(api_.Get("/v1/refunds", {{"payment_intent", IntentOf(query.payment)},
                                           {"limit", kPageOfRefunds}}));
        for (const Json& refund : page.at("data")) {
            if (gw::TextAt(refund, "metadata.reference") == query.reference)
                return RefundOf(refund);
        }
        // More of them than a page holds would make "not there" a guess.
        if (gw::FlagAt(page, "has_more")) throw gw::BadMessage("more refunds than a page holds");
        return RefundResult::NotFound();
    }

    // One customer per setup at most: the key of a repeat is the key of the first.
    gw::Response EnsureCustomer(const gw::SetupOrder& order) {
        if (!order.customer.empty()) return api_.Get("/v1/customers/" + order.customer);
        Json ask{{"metadata", Metadata(order.reference, {})}};
        gw::PutText(ask, "email", order.email);
        gw::PutText(ask, "name", order.name);
        return api_.Post("/v1/customers", order.idempotency_key + "-customer", ask);
    }

    gw::Host host_;
    gw::Http api_;
};

}  // namespace livery::stripe

LIVERY_GATEWAY(livery::stripe::Stripe)
