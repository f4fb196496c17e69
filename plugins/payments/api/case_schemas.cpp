#include <livery/api/sending.h>

#include "api/payment_json.h"
#include "api/schema_pieces.h"

namespace livery::payments {

using api::Json;

namespace {

Json SomeText(const char* description, std::size_t longest) {
    Json schema = api::Text(description, longest);
    schema["minLength"] = 1;
    return schema;
}

Json By() { return SomeText("Who says so, by name", 80); }
Json Reason() { return SomeText("Why, for whoever reads it later", 200); }

void Add(Registrar& registrar, const char* name, Json schema, Json example) {
    registrar.Add(api::Schema{name, WithExample(std::move(schema), std::move(example))});
}

void AddDecisions(Registrar& registrar) {
    Add(registrar, "NewPaymentRefund",
        api::Object("Money to give back.", {{"payment", api::IdText("pay")},
                                            {"amount", api::Ref("Money")},
                                            {"reason", Reason()},
                                            api::Optional("credit_note_on", api::IdText("inv"))}),
        {{"payment", "pay_1CVEuJhuLjRxY4bqyEbF33"},
         {"amount", {{"amount", 500}, {"currency", "EUR"}}},
         {"reason", "Rain"}});
    Add(registrar, "NewPaymentNote",
        api::Object("What a payer's bank did with a payment.",
                    {{"amount", api::Ref("Money")}, {"reason", Reason()}}),
        {{"amount", {{"amount", 500}, {"currency", "EUR"}}}, {"reason", "Letter of the bank"}});
    Add(registrar, "PaymentRefundDecision",
        api::Object(
            "What became of a refund.",
            {{"went_back", api::Flag("The payer has it")}, {"by", By()}, {"reason", Reason()}}),
        {{"went_back", true}, {"by", "J. Roe"}, {"reason", "Seen at the provider"}});
    Add(registrar, "PaymentDecision",
        api::Object("What became of a payment.",
                    {{"was_taken", api::Flag("We have it")},
                     {"by", By()},
                     {"reason", Reason()},
                     api::Optional("amount", api::Ref("Money")),
                     api::Optional("provider_id",
                                   api::Text("What the provider calls it, where that is not known "
                                             "here",
                                             255))}),
        {{"was_taken", false}, {"by", "J. Roe"}, {"reason", "Not on the provider's list"}});
    Add(registrar, "PaymentCaseAnswer",
        api::Object("That a case is seen to.", {{"by", By()}, {"reason", Reason()}}),
        {{"by", "J. Roe"}, {"reason", "Answered at the provider"}});
    Add(registrar, "PaymentDifferenceDecision",
        api::Object(
            "What a difference comes to.",
            {{"by", By()}, {"reason", Reason()}, api::Optional("book_for", api::IdText("acc"))}),
        {{"by", "J. Roe"}, {"reason", "Given back there"}});
}

}  // namespace

void AddCaseSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{
        "PaymentCase", api::Object("A payment that waits for a person.",
                                   {{"id", api::Text("Its name, for closing it", 200)},
                                    {"payment", api::IdText("pay")},
                                    {"kind", api::Text("dispute, unresolved, …", 64)},
                                    {"refund", api::Nullable(api::IdText("ref"))},
                                    {"opened_at", api::Text("RFC 3339, UTC")},
                                    {"advice", api::Text("What to do, in English", 1000)}})});
    registrar.Add(api::ListOf("PaymentCaseList", "PaymentCase"));
    registrar.Add(api::Schema{
        "PaymentDifference",
        api::Object(
            "Where a provider's list and the books differ.",
            {{"id", api::IdText("dif")},
             {"instance", api::Text("The tenant's word for the gateway", 64)},
             {"kind", api::OneOf({"missing_here", "missing_there", "amount", "state", "fee"})},
             {"about", api::OneOf({"payment", "refund", "chargeback"})},
             {"provider_id", api::Text("What the provider calls it", 255)},
             {"reference", api::Text("Ours; empty: it has none", 255)},
             {"payment", api::Nullable(api::IdText("pay"))},
             {"here", OrNull("Money")},
             {"there", OrNull("Money")},
             {"found_at", api::Text("RFC 3339, UTC")},
             {"advice", api::Text("What to do, in English", 1000)}})});
    registrar.Add(api::ListOf("PaymentDifferenceList", "PaymentDifference"));
    registrar.Add(
        api::Schema{"PaymentRefundProblem",
                    api::ProblemWith("Why nothing went back, or what is not known of it yet.",
                                     {api::Optional("refund", api::Ref("PaymentRefund"))})});
    AddDecisions(registrar);
}

}  // namespace livery::payments
