#include <livery/gateway/gateway.hpp>

#include "causes.h"
#include "readings.h"

namespace livery::gocardless {

namespace {

using gw::Json;
using gw::PaymentResult;
using gw::RefundResult;

// What moves money is on several lists of theirs, which are read one after the other; a cursor
// says which, and where on it. Chargebacks are no objects: only events tell that and when one
// was.
struct List {
    const char* name;
    const char* path;
    const char* action;  // of events
    gw::Transaction::Kind kind;
};
constexpr List kLists[] = {
    {"payments", "payments", "", gw::Transaction::Kind::kPayment},
    {"refunds", "refunds", "", gw::Transaction::Kind::kRefund},
    {"chargebacks", "events", "charged_back", gw::Transaction::Kind::kChargeback},
    {"reversals", "events", "chargeback_cancelled", gw::Transaction::Kind::kChargebackReversal}};

const List& ListIn(const std::string& cursor) {
    const std::string name = cursor.substr(0, cursor.find(':'));
    for (const List& list : kLists) {
        if (name == list.name) return list;
    }
    if (!cursor.empty()) throw gw::BadMessage("a cursor of no list");
    return kLists[0];
}

std::string CursorAfter(const List& list, const std::string& after) {
    if (!after.empty()) return std::string(list.name) + ":" + after;
    const List* next = &list + 1;
    return next == std::end(kLists) ? "" : std::string(next->name) + ":";
}

// The language of the pages; GoCardless takes what it does not know from the browser.
std::string Language(const std::string& locale) {
    static const char* const kKnown[] = {"da", "de", "en", "es", "fr", "it",
                                         "nb", "nl", "pt", "sl", "sv"};
    const std::string language = locale.substr(0, locale.find('-'));
    for (const char* known : kKnown) {
        if (language == known) return language;
    }
    return "";
}

}  // namespace

class GoCardless final : public gw::Gateway {
 public:
    GoCardless(const gw::Config& config, gw::Host& host)
        : host_(host),
          api_(host.At(config.Text("base_url"), gw::Bearer{config.Secret("access_token")})) {
        api_.Header("GoCardless-Version", "2015-07-06");
    }

    static gw::Descriptor Describe() {
        gw::HmacWebhook signature;
        signature.header = "Webhook-Signature";
        signature.secret = "hook_key";
        signature.accepted = 204;
        return gw::Descriptor{"gocardless", "1.0.0", "GoCardless"}
            .Config("base_url", gw::Key::Url({"api.gocardless.com", "api-sandbox.gocardless.com"})
                                    .Says("https://api.gocardless.com, or its sandbox's"))
            .Config("access_token", gw::Key::Secret().Says("An access token that may write"))
            .Config("hook_key", gw::Key::Secret().Says("The secret of the webhook endpoint"))
            .Methods({"bank_debit"})
            .Currencies({"EUR", "GBP", "USD", "AUD", "CAD", "DKK", "NZD", "SEK"})
            .CanDo({gw::Can::kCancel, gw::Can::kRefund, gw::Can::kPartialRefund, gw::Can::kSetup,
                    gw::Can::kChargeLater, gw::Can::kDetach, gw::Can::kListTransactions,
                    gw::Can::kNativeIdempotency})
            .IdempotencyHours(24 * 30)
            .DecidesWithinHours(24 * 8)
            .Webhook(signature);
    }

    PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        if (order.method.token.empty()) {
            gw::Error error = gw::Unsupported();
            error.reason = gw::Reason::kMandateMissing;
            return PaymentResult::Failed(error);
        }
        if (IsOfAnother(order)) return PaymentResult::Failed(gw::InvalidRequest("customer"));
        const gw::Response answer = api_.Post("/payments", order.idempotency_key,
                                              {{"payments",
                                                {{"amount", order.amount.minor()},
                                                 {"currency", order.amount.currency()},
                                                 {"metadata", {{"reference", order.reference}}},
                                                 {"links", {{"mandate", order.method.token}}}}}});
        if (const std::string made = MadeBefore(answer); !made.empty())
            return LookupPayment({made, "", ""});
        return answer.Ok() ? PaymentOf(answer.body().at("payments"), Json::array())
                           : PaymentResult::Failed(ErrorOf(answer));
    }

    // There is no lookup by reference, and "not found" would be a lie about a payment that is
    // there.
    PaymentResult LookupPayment(const gw::PaymentQuery& query) override {
        if (query.provider_id.empty()) throw gw::UnsupportedOperation();
        const gw::Response answer = api_.Get("/payments/" + query.provider_id);
        if (IsMissing(answer)) return PaymentResult::NotFound();
        if (gw::IsDoor(answer)) return PaymentResult::Unlearnt(query.provider_id, ErrorOf(answer));
        const Json& payment = Known(answer).at("payments");
        return PaymentOf(payment,
                         NeedsEvents(payment) ? EventsOf(query.provider_id) : Json::array());
    }

    std::optional<gw::Error> CheckConfig() override {
        const gw::Response answer = api_.Get("/creditors", {{"limit", 1}});
        if (answer.Ok()) return std::nullopt;
        // A page of something in front of them knows nothing of our token.
        if (answer.status() == 404 && answer.Text("error.type").empty())
            throw gw::BadMessage("a 404 that is not GoCardless's");
        return ErrorOf(answer);
    }

    PaymentResult CancelPayment(const gw::CancelOrder& order) override {
        const gw::Response answer = api_.Post("/payments/" + order.provider_id + "/actions/cancel",
                                              order.idempotency_key, Json::object());
        // A repeat finds it cancelled.
        if (!answer.Ok()) {
            const PaymentResult now = LookupPayment({order.provider_id, "", ""});
            if (now.state == gw::PaymentState::kCancelled) return now;
            return PaymentResult::Failed(ErrorOf(answer), order.provider_id);
        }
        return PaymentOf(answer.body().at("payments"), Json::array());
    }

    // What was given back before must be said with it, so that two people cannot do it at once. A
    // repeat says what was said first: it is the same request, whatever it has made since.
    RefundResult CreateRefund(const gw::RefundOrder& order) override {
        const std::string said = "total:" + order.idempotency_key;
        std::string total = host_.Recall(said);
        if (total.empty()) {
            const gw::Response payment = api_.Get("/payments/" + order.provider_id);
            if (IsMissing(payment) || gw::IsDoor(payment))
                return RefundResult::Failed(ErrorOf(payment));
            total = std::to_string(gw::IntegerAt(Known(payment), "payments.amount_refunded") +
                                   order.amount.minor());
            host_.Remember(said, total);
        }
        const gw::Response answer = api_.Post("/refunds", order.idempotency_key,
                                              {{"refunds",
                                                {{"amount", order.amount.minor()},
                                                 {"total_amount_confirmation", std::stoll(total)},
                                                 {"metadata", {{"reference", order.reference}}},
                                                 {"links", {{"payment", order.provider_id}}}}}});
        if (const std::string made = MadeBefore(answer); !made.empty())
            return LookupRefund({made, "", "", ""});
        return answer.Ok() ? RefundOf(answer.body().at("refunds"))
                           : RefundResult::Failed(ErrorOf(answer));
    }

    RefundResult LookupRefund(const gw::RefundQuery& query) override {
        if (query.provider_id.empty()) return FindRefund(query);
        const gw::Response answer = api_.Get("/refunds/" + query.provider_id);
        if (IsMissing(answer)) return RefundResult::NotFound();
        return RefundOf(Known(answer).at("refunds"));
    }

    gw::SetupResult StartSetup(const gw::SetupOrder& order) override {
        const gw::Response request =
            api_.Post("/billing_requests", order.idempotency_key,
                      {{"billing_requests",
                        {{"mandate_request", {{"currency", order.currency}}},
                         {"metadata", {{"reference", order.reference}}}}}});
        std::string id = MadeBefore(request);
        if (id.empty() && !request.Ok()) return FailedSetup(request);
        if (id.empty()) id = request.Text("billing_requests.id");
        if (id.empty()) throw gw::BadMessage("a billing request without an id");
        if (!order.customer.empty()) host_.Remember("customer:" + id, order.customer);
        Json flow{{"redirect_uri", order.return_url},
                  {"exit_uri", order.return_url},
                  {"links", {{"billing_request", id}}}};
        gw::PutText(flow, "language", Language(order.locale));
        if (!order.email.empty()) flow["prefilled_customer"] = {{"email", order.email}};
        // A flow is a page and moves nothing: a second one for the same request does no harm.
        const gw::Response pages =
            api_.Post("/billing_request_flows", order.idempotency_key + "-flow",
                      {{"billing_request_flows", std::move(flow)}});
        if (!pages.Ok()) return FailedSetup(pages);
        gw::SetupResult result;
        result.state = gw::SetupState::kRequiresAction;
        result.provider_id = id;
        result.action = gw::Action();
        result.action->url = pages.Text("billing_request_flows.authorisation_url");
        return result;
    }

    gw::SetupResult LookupSetup(const gw::SetupQuery& query) override {
        gw::SetupResult result;
        result.provider_id = query.provider_id;
        result.state = gw::SetupState::kNotFound;
        if (query.provider_id.empty()) return result;
        const gw::Response answer = api_.Get("/billing_requests/" + query.provider_id);
        if (IsMissing(answer)) return result;
        const Json& request = Known(answer).at("billing_requests");
        const std::string status = gw::TextAt(request, "status");
        const std::string mandate = gw::TextAt(request, "links.mandate_request_mandate");
        result.state = status == "cancelled" ? gw::SetupState::kFailed : gw::SetupState::kPending;
        if (status != "fulfilled" || mandate.empty()) return result;
        result.state = gw::SetupState::kActive;
        host_.Remember("owner:" + mandate, host_.Recall("customer:" + query.provider_id));
        result.method = MethodOf(mandate);
        return result;
    }

    std::optional<gw::Error> DetachMethod(const gw::DetachOrder& order) override {
        const gw::Response answer = api_.Post("/mandates/" + order.token + "/actions/cancel",
                                              order.idempotency_key, Json::object());
        if (answer.Ok() || IsMissing(answer)) return std::nullopt;
        const Json mandate = Known(api_.Get("/mandates/" + order.token)).at("mandates");
        const std::string status = gw::TextAt(mandate, "status");
        if (status == "cancelled" || status == "expired" || status == "failed") return std::nullopt;
        return ErrorOf(answer);
    }

    gw::TransactionPage ListTransactions(const gw::TransactionQuery& query) override {
        const List& list = ListIn(query.cursor);
        const bool events = *list.action != '\0';
        // Each event costs a request more, and all of a page must be read in the time of one call.
        Json ask{{"created_at[gte]", TimeOf(query.from)},
                 {"created_at[lt]", TimeOf(query.to)},
                 {"limit", events ? 10 : 500}};
        if (events) ask.update({{"action", list.action}, {"resource_type", "payments"}});
        gw::PutText(ask, "after", query.cursor.substr(query.cursor.find(':') + 1));
        const Json page = Known(api_.Get(std::string("/") + list.path, ask));
        gw::TransactionPage read;
        for (const Json& object : page.at(list.path))
            read.transactions.push_back(events ? MovedBack(list.kind, object)
                                               : TransactionOf(list.kind, object));
        read.next = CursorAfter(list, gw::TextAt(page, "meta.cursors.after"));
        return read;
    }

    std::vector<gw::Event> ParseEvents(const gw::VerifiedWebhook& webhook) override {
        std::vector<gw::Event> read;
        for (const Json& event : webhook.Parsed().at("events")) read.push_back(EventOf(event));
        return read;
    }

 private:
    // Only what GoCardless itself says is missing: a page of something between says nothing.
    static bool IsMissing(const gw::Response& answer) {
        return answer.status() == 404 && !answer.Text("error.type").empty();
    }
    // Who cannot find out must not answer "not found".
    static const Json& Known(const gw::Response& answer) {
        if (!answer.Ok())
            throw gw::BadMessage("GoCardless answered " + std::to_string(answer.status()));
        return answer.body();
    }
    static gw::SetupResult FailedSetup(const gw::Response& answer) {
        gw::SetupResult failed;
        failed.state = gw::SetupState::kFailed;
        failed.error = ErrorOf(answer);
        return failed;
    }
    Json EventsOf(const std::string& payment) {
        return Known(api_.Get("/events", {{"payment", payment}, {"resource_type", "payments"}}))
            .at("events");
    }
    gw::StoredMethod MethodOf(const std::string& id) {
        const Json mandate = Known(api_.Get("/mandates/" + id)).at("mandates");
        const std::string account = gw::TextAt(mandate, "links.customer_bank_account");
        return MandateOf(
            mandate,
            Known(api_.Get("/customer_bank_accounts/" + account)).at("customer_bank_accounts"));
    }
    // The event names the payment, and the payment alone says how much.
    gw::Transaction MovedBack(gw::Transaction::Kind kind, const Json& event) {
        const std::string payment = gw::TextAt(event, "links.payment");
        return DisputeOf(kind, event, Known(api_.Get("/payments/" + payment)).at("payments"));
    }
    RefundResult FindRefund(const gw::RefundQuery& query) {
        const Json page = Known(api_.Get("/refunds", {{"payment", query.payment}, {"limit", 500}}));
        for (const Json& refund : page.at("refunds")) {
            if (gw::TextAt(refund, "metadata.reference") == query.reference)
                return RefundOf(refund);
        }
        return RefundResult::NotFound();
    }

    // GoCardless knows customers of its own only: whose mandate it is, its setup has said.
    bool IsOfAnother(const gw::PaymentOrder& order) const {
        const std::string owner = host_.Recall("owner:" + order.method.token);
        return !owner.empty() && !order.customer.empty() && owner != order.customer;
    }

    gw::Host host_;
    gw::Http api_;
};

}  // namespace livery::gocardless

LIVERY_GATEWAY(livery::gocardless::GoCardless)
