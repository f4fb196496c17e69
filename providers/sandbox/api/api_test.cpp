// The merchants' side, over HTTP.
#include <algorithm>

#include "sandbox/testing/provider_test.h"

namespace livery::sandbox {
namespace {

using testing::Asker;
using testing::PaymentBody;

class TheApi : public testing::ProviderTest {};

// What each scenario comes to with the customer there, at once and after all that comes later.
struct Way {
    std::string at_once;
    std::string later;
};
Way WayOf(const Scenario& scenario) {
    using Course = Scenario::Course;
    switch (scenario.course) {
        case Course::kChallenge:
        case Course::kChallengeByPost:
        case Course::kChallengeAlways:
        case Course::kChallengeFails:
            return {"awaiting_customer", "expired"};
        case Course::kDeclined:
            return {"declined", "declined"};
        case Course::kPendingPaid:
            return {"processing", "paid"};
        case Course::kPendingDeclined:
            return {"processing", "declined"};
        case Course::kReview:
            return {"under_review", "paid"};
        case Course::kReturned:
            return {"paid", "returned"};
        default:
            return {"paid", "paid"};
    }
}

TEST_F(TheApi, GoesTheWayOfEveryScenarioByTokenAndByAmount) {
    std::vector<std::pair<std::string, const Scenario*>> made;
    for (const Scenario& scenario : Scenarios()) {
        SCOPED_TRACE(scenario.name);
        const std::string name(scenario.name);
        const Json by_token = Pay("token-" + name, TokenOf(scenario));
        const Json by_amount = Pay("amount-" + name, "tok_ok", MagicAmount(scenario));
        for (const Json& payment : {by_token, by_amount}) {
            ASSERT_TRUE(payment.contains("state")) << payment;
            EXPECT_EQ(payment["state"], WayOf(scenario).at_once);
            if (payment["state"] == "declined") {
                EXPECT_EQ(payment["decline"]["code"], scenario.code);
            }
            made.emplace_back(payment["id"], &scenario);
        }
    }
    ask->Advance(4'000);
    ask->Advance(4'000);
    for (const auto& [id, scenario] : made) {
        SCOPED_TRACE(scenario->name);
        const Json payment = Look(id);
        EXPECT_EQ(payment["state"], WayOf(*scenario).later);
        if (scenario->course == Scenario::Course::kDisputeWon) {
            EXPECT_EQ(payment["dispute"], "won");
        }
        if (scenario->course == Scenario::Course::kDisputeLost) {
            EXPECT_EQ(payment["dispute"], "lost");
        }
    }
}

TEST_F(TheApi, MovesMoneyForEveryTurnOfADispute) {
    Pay("won", "tok_dispute_won");
    Pay("lost", "tok_dispute_lost");
    Pay("back", "tok_debit_returned");
    ask->Advance(100);
    ask->Advance(100);
    EXPECT_EQ(ask->Moved("won"),
              "payment 1000 EUR\nchargeback 1000 EUR\nchargeback_reversal 1000 EUR\n");
    EXPECT_EQ(ask->Moved("lost"), "payment 1000 EUR\nchargeback 1000 EUR\n");
    EXPECT_EQ(ask->Moved("back"), "payment 1000 EUR\nchargeback 1000 EUR\n");
}

TEST_F(TheApi, DeclinesWithoutTheCustomerWhatNeedsOne) {
    const Json off{{"off_session", true}};
    EXPECT_EQ(Pay("a", "tok_challenge", 1'000, off)["state"], "paid");
    EXPECT_EQ(Pay("b", "tok_challenge_always", 1'000, off)["decline"]["code"],
              "authentication_required");
    EXPECT_EQ(Pay("c", "tok_declined_later", 1'000, off)["decline"]["code"], "insufficient_funds");
    EXPECT_EQ(Pay("d", "tok_declined_later")["state"], "paid");
}

TEST_F(TheApi, AnswersARepeatedKeyOnceAndForAll) {
    const Json body = PaymentBody("r1", 1'000, {{"method", "tok_ok"}});
    const auto first = ask->Post("/v1/payments", body, "key-1");
    const auto again = ask->Post("/v1/payments", body, "key-1");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(ask->Moved("r1"), "payment 1000 EUR\n");
    const auto other =
        ask->Post("/v1/payments", PaymentBody("r1", 1'001, {{"method", "tok_ok"}}), "key-1");
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.json["error"]["code"], "key_reused");
    Restart();
    EXPECT_EQ(ask->Post("/v1/payments", body, "key-1").body, first.body);
    ask->Advance(86'400);
    EXPECT_NE(ask->Post("/v1/payments", body, "key-1").body, first.body);
    EXPECT_EQ(ask->Ask("POST", "/v1/payments", body.dump(), "").json["error"]["code"],
              "key_missing");
}

TEST_F(TheApi, FindsByIdAndByReferenceOfTheSameMerchantOnly) {
    const Json paid = Pay("r1", "tok_ok");
    EXPECT_EQ(Look(paid["id"])["reference"], "r1");
    EXPECT_EQ(ask->Get("/v1/payments?reference=r1").json["payments"][0]["id"], paid["id"]);
    EXPECT_EQ(ask->Get("/v1/payments?reference=r2").json["payments"], Json::array());
    EXPECT_EQ(ask->Get("/v1/payments/pay_none").status, 404);
    Asker other(ask->port(), "lumen-key");
    EXPECT_EQ(other.Get("/v1/payments/" + paid["id"].get<std::string>()).status, 404);
    EXPECT_EQ(other.Get("/v1/payments?reference=r1").json["payments"], Json::array());
    Asker nobody(ask->port(), "no-key");
    EXPECT_EQ(nobody.Get("/v1/payments/pay_none").status, 401);
    EXPECT_EQ(ask->Post("/v1/payments", PaymentBody("r3", 1, {{"merchant", "lumen"}})).status, 403);
}

TEST_F(TheApi, RefusesWhatItDoesNotKnowByName) {
    const Json good = PaymentBody("r1", 1'000, {{"method", "tok_ok"}});
    const auto wrong = [&](const char* field, const Json& value) {
        Json body = good;
        if (value.is_null()) {
            body.erase(field);
        } else {
            body[field] = value;
        }
        const auto answer = ask->Post("/v1/payments", body);
        EXPECT_EQ(answer.status, 422) << body;
        EXPECT_TRUE(answer.json["error"]["fields"].contains(field)) << answer.body;
    };
    for (const Json& amount : {Json("1000"), Json(10.0), Json(0), Json(-5), Json(true),
                               Json(nullptr), Json(1e300), Json(std::uint64_t{1} << 63)})
        wrong("amount", amount);
    for (const Json& currency : {Json("EURO"), Json("eur"), Json("XXX"), Json(978), Json(nullptr)})
        wrong("currency", currency);
    for (const Json& reference :
         {Json(""), Json(7), Json(std::string(41, 'r')), Json(nullptr), Json::array()})
        wrong("reference", reference);
    wrong("capture", "yes");
    wrong("off_session", 1);
    wrong("keep_method", "true");
    wrong("method", "tok_nothing");
    wrong("method", "4242424242424242");
    wrong("metadata", {{"a", 1}});
    wrong("descriptor", std::string(23, 'd'));
    wrong("card_number", "4242424242424242");
    wrong("Amount", 1'000);
    EXPECT_EQ(ask->Ask("POST", "/v1/payments", "[]", "k1").status, 400);
    EXPECT_EQ(ask->Ask("POST", "/v1/payments", "{\"amount\":", "k2").status, 400);
    EXPECT_EQ(ask->Post("/v1/payments", PaymentBody("r1", 1'000, Json::object())).status, 422);
    EXPECT_EQ(ask->Moved("r1"), "");
}

TEST_F(TheApi, KeepsEveryDigitOfAnAmount) {
    const std::int64_t large = (std::int64_t{1} << 53) + 1;
    EXPECT_EQ(Pay("big", "tok_ok", large)["amount"], large);
    EXPECT_EQ(ask->Moved("big"), "payment 9007199254740993 EUR\n");
    EXPECT_EQ(Pay("biggest", "tok_ok", INT64_MAX)["captured"], INT64_MAX);
}

TEST_F(TheApi, CapturesOnceAndNoMoreThanWasAuthorised) {
    const Json held = Pay("r1", "tok_ok", 1'000, {{"capture", false}});
    const std::string path = "/v1/payments/" + held["id"].get<std::string>();
    EXPECT_EQ(held["state"], "authorised");
    EXPECT_EQ(ask->Moved("r1"), "");
    EXPECT_EQ(ask->Post(path + "/capture", {{"amount", 1'001}}).status, 422);
    const Json part = ask->Post(path + "/capture", {{"amount", 400}}).json;
    EXPECT_EQ(part["state"], "paid");
    EXPECT_EQ(part["captured"], 400);
    const auto again = ask->Post(path + "/capture", {{"amount", 600}});
    EXPECT_EQ(again.json["error"]["code"], "already_captured");
    EXPECT_EQ(ask->Post(path + "/cancel", Json::object()).json["error"]["code"],
              "already_captured");
    EXPECT_EQ(ask->Moved("r1"), "payment 400 EUR\n");
}

TEST_F(TheApi, CancelsAndExpiresWhatWasAuthorised) {
    const auto held = [&](const char* reference) {
        return Pay(reference, "tok_ok", 1'000, {{"capture", false}})["id"].get<std::string>();
    };
    const std::string one = held("r1");
    EXPECT_EQ(ask->Post("/v1/payments/" + one + "/cancel", Json::object()).json["state"],
              "cancelled");
    EXPECT_EQ(ask->Post("/v1/payments/" + one + "/capture", Json::object()).status, 409);
    const std::string two = held("r2");
    ask->Advance(8 * 86'400);
    EXPECT_EQ(Look(two)["state"], "expired");
    EXPECT_EQ(ask->Post("/v1/payments/" + two + "/capture", Json::object()).status, 409);
}

TEST_F(TheApi, RefundsNoMoreThanIsLeft) {
    const Json paid = Pay("r1", "tok_ok");
    const auto refund = [&](const char* reference, int amount) {
        return ask->Post("/v1/refunds",
                         {{"payment", paid["id"]}, {"reference", reference}, {"amount", amount}});
    };
    EXPECT_EQ(refund("f1", 400).json["state"], "done");
    EXPECT_EQ(refund("f2", 601).status, 422);
    EXPECT_EQ(refund("f3", 600).json["state"], "done");
    EXPECT_EQ(refund("f4", 1).status, 422);
    EXPECT_EQ(Look(paid["id"])["refunded"], 1'000);
    EXPECT_EQ(ask->Moved("f1") + ask->Moved("f3"), "refund 400 EUR\nrefund 600 EUR\n");
    EXPECT_EQ(ask->Get("/v1/refunds?reference=f1").json["refunds"][0]["amount"], 400);
}

TEST_F(TheApi, DecidesSomeRefundsLater) {
    const auto refund = [&](const Json& paid, const char* reference, int amount) {
        return ask
            ->Post("/v1/refunds",
                   {{"payment", paid["id"]}, {"reference", reference}, {"amount", amount}})
            .json;
    };
    const Json slow = Pay("r1", "tok_refund_pending");
    const Json failing = Pay("r2", "tok_refund_fails");
    const Json one = refund(slow, "f1", 300);
    refund(slow, "f2", 200);
    const Json two = refund(failing, "f3", 300);
    EXPECT_EQ(one["state"], "processing");
    EXPECT_EQ(Look(slow["id"])["refunded"], 500);
    ask->Advance(10);
    EXPECT_EQ(ask->Get("/v1/refunds/" + one["id"].get<std::string>()).json["state"], "done");
    const Json failed = ask->Get("/v1/refunds/" + two["id"].get<std::string>()).json;
    EXPECT_EQ(failed["state"], "failed");
    EXPECT_EQ(failed["decline"]["code"], "account_closed");
    EXPECT_EQ(Look(slow["id"])["refunded"], 500);
    EXPECT_EQ(Look(failing["id"])["refunded"], 0);
    EXPECT_EQ(ask->Moved("f1") + ask->Moved("f3"), "refund 300 EUR\n");
}

TEST_F(TheApi, ListsTransactionsInPagesThatStayTheSame) {
    for (int n = 0; n < 7; ++n) Pay("r" + std::to_string(n), "tok_ok", 100 + n);
    const auto page = [&](const std::string& cursor) {
        return ask->Get("/v1/transactions?limit=3&cursor=" + cursor).json;
    };
    const Json first = page("0");
    Pay("late", "tok_ok", 999);
    EXPECT_EQ(page("0"), first);
    std::vector<std::string> seen;
    std::string cursor = "0";
    while (!cursor.empty()) {
        const Json part = page(cursor);
        for (const Json& row : part["transactions"]) seen.push_back(row["reference"]);
        cursor = part.value("next", "");
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"r0", "r1", "r2", "r3", "r4", "r5", "r6", "late"}));
    EXPECT_EQ(first["transactions"][0]["fee"], 26);  // 25 and 1.4 % of 100
    Asker other(ask->port(), "lumen-key");
    EXPECT_EQ(other.Get("/v1/transactions").json["transactions"], Json::array());
}

TEST_F(TheApi, KeepsAMethodAndChargesItLater) {
    const Json paid = Pay("r1", "tok_ok", 1'000, {{"keep_method", true}, {"customer", "cus-1"}});
    const std::string token = paid["method"]["token"];
    EXPECT_TRUE(token.starts_with("card_"));
    EXPECT_EQ(paid["method"]["last4"], "4242");
    const auto charge = [&](const char* reference, const char* customer) {
        return Pay(reference, token, 500, {{"off_session", true}, {"customer", customer}});
    };
    EXPECT_EQ(charge("r2", "cus-1")["state"], "paid");
    EXPECT_TRUE(charge("r3", "cus-2")["error"]["fields"].contains("method"));
    EXPECT_EQ(ask->Ask("DELETE", "/v1/methods/" + token, "", "d1").json["detached"], true);
    EXPECT_EQ(ask->Ask("DELETE", "/v1/methods/" + token, "", "d2").status, 200);
    EXPECT_EQ(charge("r4", "cus-1")["decline"]["code"], "method_detached");
    EXPECT_EQ(ask->Ask("DELETE", "/v1/methods/card_none", "", "d3").status, 404);
}

}  // namespace
}  // namespace livery::sandbox
