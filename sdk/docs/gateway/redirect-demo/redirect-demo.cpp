// A whole gateway of a provider with a page of its own, to which the customer goes.
#include <livery/gateway/gateway.hpp>

namespace {

namespace gw = livery::gw;
using gw::PaymentResult;

class RedirectDemo final : public gw::Gateway {
 public:
    RedirectDemo(const gw::Config& config, const gw::Host& host)
        : api_(host.At(config.Text("base_url"), gw::Bearer{config.Secret("api_key")})) {}

    static gw::Descriptor Describe() {
        return gw::Descriptor("redirect-demo", "1.0.0", "Redirect demo")
            .Config("base_url", gw::Key::Url({"api.redirect-demo.example"}).Says("Their API"))
            .Config("api_key", gw::Key::Secret().Says("Name of the secret"))
            .Methods({"card"})
            .Currencies({"EUR"})
            .CanDo({gw::Can::kRedirect, gw::Can::kLookupByReference, gw::Can::kNativeIdempotency})
            .IdempotencyHours(24);
    }

    // Without a method the provider answers with a page. Who comes back from it proves nothing:
    // the host asks, and ContinuePayment is a lookup unless we say otherwise.
    PaymentResult StartPayment(const gw::PaymentOrder& order) override {
        const gw::Response answer = api_.Post("/payments", order.idempotency_key,
                                              {{"reference", order.reference},
                                               {"amount", order.amount.minor()},
                                               {"currency", order.amount.currency()},
                                               {"token", order.method.token},
                                               {"descriptor", order.descriptor},
                                               {"return_url", order.return_url}});
        if (answer.Text("error.code") == "key_reused")
            return LookupPayment({"", order.reference, ""});
        if (answer.Ok() && !answer.Text("id").empty()) return ToResult(answer.body());
        // Neither a payment nor a refusal in the provider's words: it may have been made.
        if (!gw::IsDoor(answer) && (answer.Ok() || answer.Text("error.code").empty()))
            throw gw::OutcomeUnclear("HTTP " + std::to_string(answer.status()));
        return PaymentResult::Failed(ToError(answer));
    }

    PaymentResult LookupPayment(const gw::PaymentQuery& query) override {
        const gw::Response answer = query.provider_id.empty()
                                        ? api_.Get("/payments", {{"reference", query.reference}})
                                        : api_.Get("/payments/" + query.provider_id);
        if (gw::IsDoor(answer)) return PaymentResult::Unlearnt(query.provider_id, ToError(answer));
        if (answer.status() == 404 && answer.Text("error.code") == "no_such_payment")
            return PaymentResult::NotFound();
        if (!answer.Ok() || answer.Text("id").empty())
            throw gw::BadMessage("a lookup told nothing: HTTP " + std::to_string(answer.status()));
        return ToResult(answer.body());
    }

 private:
    // The amount is the provider's; a word that is not known here is pending, never a success.
    static PaymentResult ToResult(const gw::Json& payment) {
        const std::string id = gw::TextAt(payment, "id");
        const std::string state = gw::TextAt(payment, "state");
        PaymentResult result = PaymentResult::Pending(id);
        if (state == "captured") result.state = gw::PaymentState::kCaptured;
        if (state == "awaiting_customer")
            result = PaymentResult::Redirect(id, gw::TextAt(payment, "page"));
        if (state == "cancelled") result = PaymentResult::Cancelled(id);
        if (state == "expired") result.state = gw::PaymentState::kExpired;
        if (state == "declined")
            result = PaymentResult::Failed(Codes().Match(gw::TextAt(payment, "code")), id);
        result.amount =
            gw::Money(gw::IntegerAt(payment, "amount"), gw::TextAt(payment, "currency"));
        return result;
    }

    static const gw::ErrorMap& Codes() {
        static const gw::ErrorMap kCodes{
            {"insufficient_funds", gw::Soft(gw::Reason::kInsufficientFunds)},
            {"stolen_card", gw::Hard(gw::Reason::kLostOrStolen, gw::Advice::kDoNotRetry)},
            {"authentication_failed", gw::Hard(gw::Reason::kAuthenticationFailed)},
            {"bad_key", gw::Configuration("api_key")},
            {"bad_token", gw::InvalidRequest("token")},
            {"bad_amount", gw::InvalidRequest("amount")}};
        return kCodes;
    }

    static gw::Error ToError(const gw::Response& answer) {
        const gw::Error* known = Codes().Find(answer.Text("error.code"));
        gw::Error error = known != nullptr ? *known : gw::ByStatus(answer);
        error.provider_code = answer.Text("error.code");
        return error;
    }

    gw::Http api_;
};

}  // namespace

LIVERY_GATEWAY(RedirectDemo)
