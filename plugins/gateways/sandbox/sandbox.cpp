// The gateway of Pelican Pay, a provider that exists for tests and the demo (providers/README.md).
// It is the model for gateways of real providers: it says what it can, puts our words into theirs
// and their answers into ours, and decides nothing about money.
#include <optional>
#include <string>

#include <livery/gateway/gateway.hpp>

#include "words.hpp"

namespace {

using namespace pelican;

class Sandbox final : public gw::Gateway {
 public:
    Sandbox(const gw::Config& config, const gw::Host& host)
        : api_(host.At(config.Text("base_url"), gw::Bearer{config.Secret("api_key")})),
          merchant_(config.Text("merchant")) {}

    static gw::Descriptor Describe() {
        gw::HmacWebhook webhook;
        webhook.header = "Pelican-Signature";
        webhook.secret = "hook_key";
        webhook.signs = "{time}.{body}";
        webhook.form = "t={time},v1={mac}";
        return gw::Descriptor("sandbox", "1.0.0", "Sandbox (Pelican Pay)")
            .Config("base_url", gw::Key::Url({"127.0.0.1", "localhost"})
                                    .Says("Where livery-sandbox-provider listens"))
            .Config("merchant", gw::Key::Text().Says("The merchant's name there"))
            .Config("api_key", gw::Key::Secret().Says("What requests show"))
            .Config("hook_key", gw::Key::Secret().Says("What webhooks are signed with"))
            .Methods({"card", "bank_debit"})
            .Currencies({"AED", "CHF", "EUR", "GBP", "HUF", "JPY", "KWD", "SAR", "SEK", "USD"})
            .Decimals("HUF", kTheirForints)
            .CanDo({gw::Can::kManualCapture, gw::Can::kPartialCapture, gw::Can::kCancel,
                    gw::Can::kRefund, gw::Can::kPartialRefund, gw::Can::kRedirect, gw::Can::kSetup,
                    gw::Can::kChargeLater, gw::Can::kDetach, gw::Can::kListTransactions,
                    gw::Can::kLookupByReference, gw::Can::kNativeIdempotency})
            .Webhook(webhook)
            .IdempotencyHours(24)
            .DecidesWithinHours(1)
            .SandboxOnly();
    }

    PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        if (!Fits(order.amount)) return PaymentResult::Failed(gw::InvalidRequest("amount"));
        Json body{{"merchant", merchant_},
                  {"reference", order.reference},
                  {"amount", ToTheirs(order.amount)},
                  {"currency", order.amount.currency()},
                  {"capture", order.capture == gw::Capture::kAutomatic},
                  {"off_session", order.initiator != gw::Initiator::kCustomer},
                  {"keep_method", order.keep_method}};
        gw::PutText(body, "method", order.method.token);
        gw::PutText(body, "customer", order.customer);
        gw::PutText(body, "return_url", order.return_url);
        gw::PutText(body, "descriptor", order.descriptor);
        gw::PutText(body, "locale", order.locale);
        const gw::Response answer = api_.Post("/v1/payments", order.idempotency_key, body);
        // The key made a payment before, so it is that one that we are asked for.
        if (answer.Text("error.code") == "key_reused") {
            const PaymentResult before = LookupPayment({"", order.reference, ""});
            if (before.state != PaymentState::kNotFound) return before;
        }
        return Moved(answer);
    }

    PaymentResult LookupPayment(const gw::PaymentQuery& query) override {
        const gw::Response answer = Look("payments", query.provider_id, query.reference);
        const std::optional<Json> found = FoundIn(answer, "payments");
        if (found) return found->empty() ? PaymentResult::NotFound() : PaymentOf(*found);
        return PaymentResult::Unlearnt(query.provider_id, WhyNotLearnt(answer));
    }

    PaymentResult CapturePayment(const gw::CaptureOrder& order) override {
        if (!Fits(order.amount)) return PaymentResult::Failed(gw::InvalidRequest("amount"));
        return Moved(api_.Post("/v1/payments/" + order.provider_id + "/capture",
                               order.idempotency_key, {{"amount", ToTheirs(order.amount)}}));
    }

    PaymentResult CancelPayment(const gw::CancelOrder& order) override {
        return Moved(api_.Post("/v1/payments/" + order.provider_id + "/cancel",
                               order.idempotency_key, Json::object()));
    }

    RefundResult CreateRefund(const gw::RefundOrder& order) override {
        if (!Fits(order.amount)) return RefundResult::Failed(gw::InvalidRequest("amount"));
        const gw::Response answer = api_.Post("/v1/refunds", order.idempotency_key,
                                              {{"payment", order.provider_id},
                                               {"reference", order.reference},
                                               {"amount", ToTheirs(order.amount)}});
        ThrowIfUndecided(answer);
        return answer.Ok() ? RefundOf(answer.body()) : RefundResult::Failed(ErrorOf(answer));
    }

    RefundResult LookupRefund(const gw::RefundQuery& query) override {
        const gw::Response answer = Look("refunds", query.provider_id, query.reference);
        const std::optional<Json> found = FoundIn(answer, "refunds");
        if (found) return found->empty() ? RefundResult::NotFound() : RefundOf(*found);
        return RefundResult::Unlearnt(query.provider_id, WhyNotLearnt(answer));
    }

    gw::SetupResult StartSetup(const gw::SetupOrder& order) override {
        Json body{{"merchant", merchant_},
                  {"reference", order.reference},
                  {"return_url", order.return_url}};
        gw::PutText(body, "customer", order.customer);
        gw::PutText(body, "locale", order.locale);
        const gw::Response answer = api_.Post("/v1/setups", order.idempotency_key, body);
        ThrowIfUndecided(answer);
        if (answer.Ok()) return SetupOf(answer.body());
        gw::SetupResult refused;
        refused.state = gw::SetupState::kFailed;
        refused.error = ErrorOf(answer);
        return refused;
    }

    gw::SetupResult LookupSetup(const gw::SetupQuery& query) override {
        const gw::Response answer = Look("setups", query.provider_id, query.reference);
        const std::optional<Json> found = FoundIn(answer, "setups");
        if (found && !found->empty()) return SetupOf(*found);
        gw::SetupResult result;
        result.provider_id = query.provider_id;
        if (found) {
            result.state = gw::SetupState::kNotFound;
        } else {
            result.error = WhyNotLearnt(answer);
        }
        return result;
    }

    std::optional<gw::Error> DetachMethod(const gw::DetachOrder& order) override {
        const gw::Response answer =
            api_.Delete("/v1/methods/" + order.token, order.idempotency_key);
        const bool gone = answer.Ok() || (answer.status() == 404 && IsTheirs(answer));
        return gone ? std::nullopt : std::optional(ErrorOf(answer));
    }

    gw::TransactionPage ListTransactions(const gw::TransactionQuery& query) override {
        Json asked{{"from", std::to_string(query.from)}, {"to", std::to_string(query.to)}};
        gw::PutText(asked, "cursor", query.cursor);
        const gw::Response answer = api_.Get("/v1/transactions", asked);
        const Json* rows = gw::Find(answer.body(), "transactions");
        if (!answer.Ok() || rows == nullptr || !rows->is_array())
            throw gw::BadMessage("no list came: HTTP " + std::to_string(answer.status()));
        gw::TransactionPage page;
        for (const Json& row : *rows) page.transactions.push_back(TransactionOf(row));
        page.next = answer.Text("next");
        return page;
    }

    std::vector<gw::Event> ParseEvents(const gw::VerifiedWebhook& webhook) override {
        const Json event = webhook.Parsed();
        return {{gw::TextAt(event, "id"), AboutOf(gw::TextAt(event, "data.about")),
                 gw::TextAt(event, "data.id"), gw::TextAt(event, "data.reference")}};
    }

 private:
    static PaymentResult Moved(const gw::Response& answer) {
        ThrowIfUndecided(answer);
        return answer.Ok() ? PaymentOf(answer.body()) : PaymentResult::Failed(ErrorOf(answer));
    }

    // By their id where it is known, else by our reference.
    gw::Response Look(const char* what, const std::string& id, const std::string& reference) const {
        const std::string path = std::string("/v1/") + what;
        return id.empty() ? api_.Get(path, {{"reference", reference}}) : api_.Get(path + "/" + id);
    }

    // What a lookup found; an empty object: there is no such thing; nothing: it told nothing.
    static std::optional<Json> FoundIn(const gw::Response& answer, const char* list_name) {
        if (answer.status() == 404 && IsTheirs(answer)) return Json::object();
        if (!answer.Ok()) return std::nullopt;
        if (!answer.Text("id").empty()) return answer.body();
        const Json* list = gw::Find(answer.body(), list_name);
        if (list == nullptr || !list->is_array()) return std::nullopt;
        return list->empty() ? Json::object() : list->front();
    }

    gw::Http api_;
    std::string merchant_;
};

}  // namespace

LIVERY_GATEWAY(Sandbox)
