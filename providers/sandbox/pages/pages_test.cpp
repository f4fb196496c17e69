// The customer's side, over HTTP, without a script.
#include <fstream>
#include <sstream>

#include "sandbox/testing/provider_test.h"

namespace livery::sandbox {
namespace {

using testing::PathOf;
using testing::PaymentBody;
using Form = std::map<std::string, std::string>;

class ThePages : public testing::ProviderTest {
 protected:
    std::string Begin(const std::string& reference, const Json& more = Json::object()) {
        Json body{{"return_url", "https://shop.example/back?order=7"}};
        body.update(more);
        return PathOf(ask->Post("/v1/payments", PaymentBody(reference, 1'234, body)).json["page"]);
    }
    std::string BeginSetup(const std::string& reference) {
        return PathOf(ask->Post("/v1/setups", {{"reference", reference},
                                               {"customer", "cus-1"},
                                               {"return_url", "https://shop.example/back"}})
                          .json["page"]);
    }
    static Form Card(const std::string& number) {
        return {{"number", number},
                {"expiry", "09/34"},
                {"cvc", "123"},
                {"name", "Ada"},
                {"action", "pay"}};
    }
    Json ByReference(const std::string& reference) {
        return ask->Get("/v1/payments?reference=" + reference).json["payments"][0];
    }
    static bool Has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
};

TEST_F(ThePages, SendTheCustomerBackOnceTheCardIsTaken) {
    const std::string page = Begin("r1");
    const auto form = ask->Get(page);
    EXPECT_EQ(form.status, 200);
    EXPECT_TRUE(Has(form.body, "Pay 12.34 EUR")) << form.body;
    const auto away = ask->Submit(page, Card("4242 4242 4242 4242"));
    EXPECT_EQ(away.status, 303);
    const Json paid = ByReference("r1");
    EXPECT_EQ(away.headers.at("location"), "https://shop.example/back?order=7&id=" +
                                               paid["id"].get<std::string>() + "&state=paid");
    EXPECT_EQ(paid["state"], "paid");
    EXPECT_EQ(ask->Moved("r1"), "payment 1234 EUR\n");
    ask->Submit(page, Card("4242424242424242"));
    EXPECT_EQ(ask->Moved("r1"), "payment 1234 EUR\n");
    EXPECT_TRUE(Has(ask->Get(page).body, "Back to the shop"));
}

TEST_F(ThePages, WalkEveryTestCard) {
    for (const Scenario& scenario : Scenarios()) {
        if (CardNumber(scenario).empty()) continue;
        SCOPED_TRACE(scenario.name);
        const std::string reference = "card-" + std::string(scenario.name);
        const std::string page = Begin(reference);
        ask->Submit(page, Card(CardNumber(scenario)));
        const Json payment = ByReference(reference);
        const Json by_token = Pay("again-" + std::string(scenario.name), TokenOf(scenario));
        EXPECT_EQ(payment["state"], by_token["state"]);
        EXPECT_EQ(payment.value("decline", Json()), by_token.value("decline", Json()));
    }
}

TEST_F(ThePages, AskTheBankWhereTheCardWantsIt) {
    const auto answer = [&](const std::string& reference, const char* token, const char* action) {
        const std::string page = Begin(reference);
        const auto away = ask->Submit(page, Card(CardNumber(*ByToken(token))));
        EXPECT_EQ(away.headers.at("location"), page);
        EXPECT_TRUE(Has(ask->Get(page).body, "Your bank asks"));
        ask->Submit(page, {{"action", action}});
        return ByReference(reference);
    };
    EXPECT_EQ(answer("yes", "tok_challenge", "confirm")["state"], "paid");
    EXPECT_EQ(answer("no", "tok_challenge", "refuse")["decline"]["code"], "authentication_failed");
    EXPECT_EQ(answer("bad", "tok_challenge_fails", "confirm")["decline"]["code"],
              "authentication_failed");
    EXPECT_EQ(ask->Moved("yes"), "payment 1234 EUR\n");
}

TEST_F(ThePages, OpenByTheShopsFormWhereTheBankWantsOne) {
    const Json more{{"return_url", "https://shop.example/back?order=7"},
                    {"method", "tok_challenge_by_post"}};
    const Json begun = ask->Post("/v1/payments", PaymentBody("r1", 1'234, more)).json;
    const std::string page = PathOf(begun["page"]);
    Form fields = begun["page_fields"].get<Form>();
    EXPECT_GT(fields["PaReq"].size(), 8'000U);
    EXPECT_EQ(fields["TermUrl"], "https://shop.example/back?order=7");
    EXPECT_EQ(ask->Get(page).status, 405);
    EXPECT_EQ(ask->Submit(page, {{"action", "confirm"}}).status, 405);
    Form cut = fields;
    cut["PaReq"].pop_back();
    EXPECT_EQ(ask->Submit(page, cut).status, 405);
    EXPECT_EQ(ByReference("r1")["state"], "awaiting_customer");
    const auto on = ask->Submit(page, fields);
    EXPECT_EQ(on.headers.at("location"), page + "?posted=1");
    EXPECT_TRUE(Has(ask->Get(page + "?posted=1").body, "Your bank asks"));
    ask->Submit(page + "?posted=1", {{"action", "confirm"}});
    EXPECT_EQ(ByReference("r1")["state"], "paid");
    EXPECT_FALSE(ByReference("r1").contains("page_fields"));
    // The provider's own page leads on to the bank by itself.
    const std::string own = Begin("r2");
    const auto asked = ask->Submit(own, Card(CardNumber(*ByToken("tok_challenge_by_post"))));
    EXPECT_EQ(asked.headers.at("location"), own + "?posted=1");
}

TEST_F(ThePages, CancelAndExpire) {
    EXPECT_EQ(ask->Submit(Begin("r1"), {{"action", "cancel"}}).status, 303);
    EXPECT_EQ(ByReference("r1")["state"], "cancelled");
    const std::string page = Begin("r2");
    ask->Advance(3'601);
    ask->Submit(page, Card("4242424242424242"));
    EXPECT_EQ(ByReference("r2")["state"], "expired");
    EXPECT_EQ(ask->Moved("r2"), "");
    EXPECT_EQ(ask->Get("/pay/nothing").status, 404);
}

TEST_F(ThePages, KeepAMethodWithoutACharge) {
    const auto set_up = [&](const std::string& reference, const char* token) {
        const std::string page = BeginSetup(reference);
        ask->Submit(page, Card(CardNumber(*ByToken(token))));
        ask->Submit(page, {{"action", "confirm"}});
        return ask->Get("/v1/setups?reference=" + reference).json["setups"][0];
    };
    const Json kept = set_up("s1", "tok_ok");
    EXPECT_EQ(kept["state"], "active");
    EXPECT_EQ(kept["method"]["last4"], "4242");
    EXPECT_EQ(kept["method"]["expiry"], (Json{{"month", 9}, {"year", 2034}}));
    EXPECT_EQ(set_up("s2", "tok_challenge")["state"], "active");
    EXPECT_EQ(set_up("s3", "tok_challenge_fails")["state"], "failed");
    EXPECT_EQ(set_up("s4", "tok_stolen_card")["decline"]["code"], "stolen_card");
    const Json off{{"off_session", true}, {"customer", "cus-1"}};
    EXPECT_EQ(Pay("r1", kept["method"]["token"], 700, off)["state"], "paid");
    ask->Advance(8 * 366 * 86'400);
    EXPECT_EQ(Pay("r2", kept["method"]["token"], 700, off)["decline"]["code"], "expired_card");
}

TEST_F(ThePages, SayWhatIsWrongAndKeepWhatMayBeKept) {
    const std::string page = Begin("r1");
    const auto wrong = [&](const char* field, const std::string& value, const char* words) {
        Form form = Card("4242424242424242");
        form[field] = value;
        const auto again = ask->Submit(page, form);
        EXPECT_EQ(again.status, 422) << field;
        EXPECT_TRUE(Has(again.body, words)) << words << again.body;
        EXPECT_TRUE(Has(again.body, "<title>Error: ")) << field;
        EXPECT_TRUE(Has(again.body, std::string("href=\"#") + field)) << field;
        return again.body;
    };
    wrong("number", "4242424242424241", "without a typing mistake");
    wrong("number", "5105105105105100", "Never enter a real card");
    wrong("expiry", "13/34", "as month and year");
    wrong("expiry", "01/20", "has not expired");
    wrong("cvc", "12", "three or four digits");
    const std::string nameless = wrong("name", "", "Enter the name");
    EXPECT_TRUE(Has(nameless, "value=\"09/34\""));
    EXPECT_FALSE(Has(nameless, "value=\"4242"));
    const std::string sly = wrong("cvc", "x", "three or four");
    Form form = Card("1");
    form["name"] = "\"><script>";
    EXPECT_FALSE(Has(ask->Submit(page, form).body, "<script>"));
    EXPECT_EQ(ask->Moved("r1"), "");
}

TEST_F(ThePages, NeverWriteACardNumberDown) {
    ask->Submit(Begin("r1", {{"keep_method", true}, {"customer", "cus-1"}}),
                Card("4242424242424242"));
    ask->Submit(Begin("r2"), Card("5105105105105100"));
    std::ostringstream ledger;
    ledger << std::ifstream(folder_ / "ledger.jsonl").rdbuf();
    EXPECT_TRUE(Has(ledger.str(), "\"last4\":\"4242\""));
    EXPECT_FALSE(Has(ledger.str(), "42424242"));
    EXPECT_FALSE(Has(ledger.str(), "51051051"));
}

TEST_F(ThePages, SpeakFourLanguages) {
    const std::string page = Begin("r1", {{"locale", "de-AT"}});
    EXPECT_TRUE(Has(ask->Get(page).body, "12,34 EUR zahlen"));
    EXPECT_TRUE(Has(ask->Get(page + "?locale=es").body, "<html lang=\"es\" dir=\"ltr\">"));
    EXPECT_TRUE(Has(ask->Get(page + "?locale=ar").body, "<html lang=\"ar\" dir=\"rtl\">"));
    EXPECT_TRUE(Has(ask->Get(page + "?locale=fr").body, "Card number"));
    const auto policy = ask->Get(page).headers.at("content-security-policy");
    EXPECT_TRUE(Has(policy, "form-action 'self' https://shop.example"));
}

}  // namespace
}  // namespace livery::sandbox
