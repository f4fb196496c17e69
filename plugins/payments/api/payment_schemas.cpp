#include <livery/api/sending.h>

#include "api/payment_json.h"
#include "api/schema_pieces.h"

namespace livery::payments {

using api::Json;

namespace {

constexpr const char* kAccount = "acc_1CVEuJhuLjRxY4bqyEbEzz";
constexpr const char* kInvoice = "inv_1CVEuJhuLjRxY4bqyEbF11";
constexpr const char* kMethod = "pm_1CVEuJhuLjRxY4bqyEbF22";

Json Euro(int cents) { return {{"amount", cents}, {"currency", "EUR"}}; }

Json RefundSchema() {
    return api::Object(
        "What went back of a payment, or came again.",
        {{"id", api::IdText("ref")},
         {"payment", api::IdText("pay")},
         {"account", api::IdText("acc")},
         {"kind", api::OneOf({"refund", "chargeback", "reversal"})},
         {"state", api::OneOf({"created", "pending", "succeeded", "failed", "unknown", "held"})},
         {"amount", api::Ref("Money")},
         {"reason", api::Text("Why", 200)},
         {"credit_note_on", api::Nullable(api::IdText("inv"))},
         {"created_at", api::Text("RFC 3339, UTC; by the tenant's clock")},
         {"receipt", api::Text("Its number; empty: none", 40)}});
}

Json NextActionSchema() {
    return api::Object(
        "Who pays goes on at a page of the provider; there he types the number of his card.",
        {{"type", api::OneOf({"redirect"})},
         {"method", api::OneOf({"GET", "POST"})},
         api::Optional("fields", Json{{"type", "object"},
                                      {"additionalProperties", {{"type", "string"}}},
                                      {"description", "Of a POST: what a form sends there"}}),
         {"url", api::Text("Send his browser there, as `method` says", 4000)},
         api::Optional("return_url",
                       api::Text("Where the provider sends it back: a page of the portal, which "
                                 "holds for a day. Ask for the payment to see what came of it",
                                 4000))});
}

Json DeclineSchema() {
    return api::Object(
        "Why nothing was taken.",
        {{"class", Json{{"type", "string"},
                        {"enum", {"soft", "hard", "authenticate", "ours"}},
                        {"description",
                         "soft: the same method may do another day; hard: never with "
                         "this method again; authenticate: with the customer "
                         "present; ours: nobody's method is at fault"}}},
         {"reason", api::Text("The provider's, as a word: insufficient_funds", 255)},
         {"advice", api::Text("What its bank wants: do_not_retry, authenticate, …", 255)},
         {"retry_after_seconds",
          api::Nullable(api::Integer("Not again before", 0, 1'000'000'000))}});
}

Json PaymentSchema() {
    const Json part =
        api::Object("A part.", {{"invoice", api::IdText("inv")}, {"amount", api::Ref("Money")}});
    return api::Object(
        "A payment.",
        {{"id", api::IdText("pay")},
         {"account", api::IdText("acc")},
         {"origin", api::OneOf({"customer", "automatic", "staff"})},
         {"instance", api::Text("The tenant's word for the gateway; empty: by hand", 64)},
         {"method", api::Nullable(api::IdText("pm"))},
         {"state",
          api::OneOf({"created", "requires_action", "pending", "authorised", "partly_captured",
                      "captured", "partly_refunded", "refunded", "declined", "failed", "cancelled",
                      "expired", "unknown", "held", "failed_late"})},
         {"reference", api::Text("Ours; of money by hand the payer's", 40)},
         {"provider_id", api::Text("What the provider calls it; empty: not known", 255)},
         {"amount", api::Ref("Money")},
         {"processed", OrNull("Money")},
         {"parts", api::ArrayOf(part)},
         {"next_action", OrNull("PaymentNextAction")},
         {"decline", OrNull("PaymentDecline")},
         {"refunds", api::ArrayOf(api::Ref("PaymentRefund"))},
         {"created_at", api::Text("RFC 3339, UTC; by the tenant's clock")},
         {"receipt", api::Text("Its number; empty: none", 40)}});
}

Json NewPaymentSchema() {
    Json reference = api::Text("The payer's; unique, without spaces", 40);
    reference["minLength"] = 1;
    return WithExample(api::Object("Money that came another way: cash, a cheque, a transfer.",
                                   {{"account", api::IdText("acc")},
                                    {"amount", api::Ref("Money")},
                                    {"reference", std::move(reference)},
                                    api::Optional("invoice", api::IdText("inv"))}),
                       {{"account", kAccount}, {"amount", Euro(12000)}, {"reference", "TRF-78"}});
}

Json PaymentOrderSchema() {
    const Json part = api::Object("One invoice.", {{"invoice", api::IdText("inv")},
                                                   api::Optional("amount", api::Ref("Money"))});
    Json parts = api::ArrayOf(part);
    parts["minItems"] = 1;
    parts["maxItems"] = 500;
    parts["description"] = "Each whole, or a part of it";
    Json schema = api::Object(
        "What is to be paid: these invoices, or so much for the oldest due first; all that is owed "
        "without either.",
        {{"account", api::IdText("acc")},
         api::Optional("invoices", std::move(parts)),
         api::Optional("amount", api::Ref("Money")),
         api::Optional("method", api::IdText("pm")),
         api::Optional("origin",
                       Json{{"type", "string"},
                            {"enum", {"customer", "staff"}},
                            {"description",
                             "Who takes it: the customer, who is there (so it is without a word); "
                             "or staff, who is not asked by any bank, on `method` or, without one, "
                             "on the one that is charged first"}}),
         api::Optional("keep_method",
                       api::Flag("Without `method`: whoever pays wants the new one kept, to be "
                                 "charged again; once it is paid it is among the methods"))});
    schema["examples"] =
        Json::array({{{"account", kAccount},
                      {"invoices", Json::array({{{"invoice", kInvoice}, {"amount", Euro(4999)}}})},
                      {"method", kMethod}},
                     {{"account", kAccount}, {"amount", Euro(10000)}}});
    return schema;
}

Json MethodSchema() {
    return api::Object(
        "What an account can be charged on. Its numbers are the provider's.",
        {{"id", api::IdText("pm")},
         {"account", api::IdText("acc")},
         {"instance", api::Text("The tenant's word for the gateway", 64)},
         {"state", api::OneOf({"begun", "active", "expires_soon", "expired", "refused", "failed",
                               "removed"})},
         {"kind", api::Text("card, bank_debit, …; empty: not known yet", 64)},
         {"brand", api::Text("visa; empty: none", 64)},
         {"last4", api::Text("Its last digits; empty: none", 8)},
         {"expiry_month", api::Nullable(api::Integer("1 to 12", 1, 12))},
         {"expiry_year", api::Nullable(api::Integer("With all four digits", 2000, 9999))},
         {"is_default", api::Flag("It is charged first")},
         {"next_action", OrNull("PaymentNextAction")}});
}

Json NewMethodSchema() {
    return WithExample(
        api::Object(
            "Begins to set one up; it is finished on the provider's page.",
            {{"account", api::IdText("acc")},
             api::Optional("email", api::Text("Of who pays; without it whom bills go to", 254))}),
        {{"account", kAccount}, {"email", "greta@seeblick.example"}});
}

void AddOrders(Registrar& registrar) {
    registrar.Add(api::Schema{"NewPayment", NewPaymentSchema()});
    registrar.Add(api::Schema{"PaymentOrder", PaymentOrderSchema()});
    registrar.Add(api::Schema{"NewPaymentMethod", NewMethodSchema()});
    registrar.Add(api::Schema{
        "AutomaticPaymentWish",
        WithExample(api::Object("Whether what falls due is taken by itself.",
                                {{"on", api::Flag("From now on; what is due is taken at once")}}),
                    {{"on", true}})});
    registrar.Add(api::Schema{
        "PaymentPromise",
        WithExample(api::Object("Until that day is over nothing happens to what is due.",
                                {{"pays_by", api::DayText("From today on")}}),
                    {{"pays_by", "2026-03-31"}})});
}

}  // namespace

void AddPaymentSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"PaymentRefund", RefundSchema()});
    registrar.Add(api::ListOf("PaymentRefundList", "PaymentRefund"));
    registrar.Add(api::Schema{"PaymentNextAction", NextActionSchema()});
    registrar.Add(api::Schema{"PaymentDecline", DeclineSchema()});
    registrar.Add(api::Schema{"Payment", PaymentSchema()});
    registrar.Add(api::ListOf("PaymentList", "Payment"));
    registrar.Add(api::Schema{
        "PaymentProblem",
        api::ProblemWith("Why a payment came to nothing, or what is not known of it yet.",
                         {api::Optional("payment", api::Ref("Payment")),
                          api::Optional("decline", api::Ref("PaymentDecline"))})});
    registrar.Add(api::Schema{"PaymentMethod", MethodSchema()});
    registrar.Add(api::ListOf("PaymentMethodList", "PaymentMethod"));
    registrar.Add(api::Schema{
        "PaymentStanding",
        api::Object(
            "How an account stands with what it owes.",
            {{"account", api::IdText("acc")},
             {"state", api::OneOf({"clear", "warned", "blocked"})},
             {"step", api::Nullable(api::OneOf(
                          {"warning", "last_warning", "blocked", "collection", "cancellation"}))},
             {"pays_by", api::Nullable(api::DayText("As promised; until then nothing happens"))},
             {"pays_automatically", api::Flag("What falls due is taken by itself")},
             {"tries", api::Integer("Since something due was not paid", 0, 1'000'000)},
             {"next_try", api::Nullable(api::DayText("When it is tried again"))}})});
    registrar.Add(api::Schema{
        "AutomaticPayment",
        api::Object("How an account pays.",
                    {{"account", api::IdText("acc")},
                     {"on", api::Flag("What falls due is taken by itself")},
                     {"tries", api::Integer("Since something due was not paid", 0, 1'000'000)},
                     {"next_try", api::Nullable(api::DayText("When it is tried again"))}})});
    AddOrders(registrar);
    AddCaseSchemas(registrar);
}

}  // namespace livery::payments
