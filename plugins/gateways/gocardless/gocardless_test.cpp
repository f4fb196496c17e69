// What the gateway makes of GoCardless's answers, on a scripted host. tests/doubles plays whole
// lives.
#include <gtest/gtest.h>

#include <livery/gateway/testing.hpp>

#include "readings.h"

namespace {

using livery::gw::Json;
using livery::gw::testing::Bench;
using livery::gw::testing::Order;
using livery::gw::testing::Query;
using livery::gw::testing::Refund;
using livery::gw::testing::Webhook;

class GoCardlessGateway : public testing::Test {
 protected:
    ~GoCardlessGateway() override {
        EXPECT_EQ(bench.Leaks(), "");
        EXPECT_EQ(bench.host.unused(), 0U);
    }
    static Json Payment(const std::string& status, std::int64_t refunded = 0) {
        return {{"payments",
                 {{"id", "PM1"},
                  {"status", status},
                  {"amount", 1'234},
                  {"currency", "EUR"},
                  {"amount_refunded", refunded},
                  {"links", {{"mandate", "MD1"}}}}}};
    }
    static Json Conflict(const char* made) {
        return {{"error",
                 {{"type", "invalid_state"},
                  {"errors",
                   {{{"reason", "idempotent_creation_conflict"},
                     {"links", {{"conflicting_resource_id", made}}}}}}}}};
    }
    static Json Failed(const char* action, const char* cause, bool confirmed) {
        Json events = {
            {{"action", action}, {"details", {{"cause", cause}, {"reason_code", "AM04"}}}}};
        if (confirmed) events.push_back({{"action", "confirmed"}});
        return {{"events", events}};
    }
    Json LookedUp(const Json& payment) {
        bench.host.Answers(200, payment);
        return bench.Call("payment.lookup/1", Query("PM1")).message;
    }

    Bench bench{{{"base_url", "https://api-sandbox.gocardless.com"}}, {"access_token", "hook_key"}};
};

TEST_F(GoCardlessGateway, DebitsUnderTheMandate) {
    bench.host.Answers(201, Payment("pending_submission"));
    const Json result = bench.Call("payment.start/1", Order(1'234, "EUR", "MD1")).message;
    EXPECT_EQ(result["state"], "pending");
    EXPECT_EQ(result["amount"]["minor"], 1'234);
    EXPECT_EQ(result["captured"]["minor"], 0);
    const Json& sent = bench.host.sent().front();
    EXPECT_EQ(sent["path"], "/payments");
    EXPECT_EQ(sent["idempotency_key"], "key-0123456789abcdef");
    EXPECT_EQ(sent["headers"]["GoCardless-Version"], "2015-07-06");
    EXPECT_EQ(sent["body"], (Json{{"payments",
                                   {{"amount", 1'234},
                                    {"currency", "EUR"},
                                    {"metadata", {{"reference", "ref-1"}}},
                                    {"links", {{"mandate", "MD1"}}}}}}));
}

TEST_F(GoCardlessGateway, NeedsAMandateFirst) {
    const Json result = bench.Call("payment.start/1", Order(1'234, "EUR")).message;
    EXPECT_EQ(result["state"], "failed");
    EXPECT_EQ(result["error"]["reason"], "mandate_missing");
    EXPECT_TRUE(bench.host.sent().empty());
}

TEST_F(GoCardlessGateway, ReadsWhatAKeyMadeBefore) {
    bench.host.Answers(409, Conflict("PM1")).Answers(200, Payment("confirmed"));
    const Json result = bench.Call("payment.start/1", Order(1'234, "EUR", "MD1")).message;
    EXPECT_EQ(result["state"], "captured");
    EXPECT_EQ(result["provider_id"], "PM1");
    EXPECT_EQ(bench.host.sent().back()["path"], "/payments/PM1");
}

TEST_F(GoCardlessGateway, ReadsEveryState) {
    const auto state = [&](const char* status, std::int64_t refunded = 0) {
        return LookedUp(Payment(status, refunded))["state"].get<std::string>();
    };
    EXPECT_EQ(state("pending_customer_approval"), "pending");
    EXPECT_EQ(state("submitted"), "pending");
    EXPECT_EQ(state("confirmed"), "captured");
    EXPECT_EQ(state("paid_out"), "captured");
    EXPECT_EQ(state("paid_out", 234), "partly_refunded");
    EXPECT_EQ(state("paid_out", 1'234), "refunded");
    EXPECT_EQ(state("cancelled"), "cancelled");
    EXPECT_EQ(state("status_of_tomorrow"), "pending");
    const Json back = LookedUp(Payment("charged_back"));
    EXPECT_EQ(back["state"], "captured");
    EXPECT_EQ(back["charged_back"]["minor"], 1'234);
}

// The payment says only that it failed; its events say why, and whether it had succeeded before.
TEST_F(GoCardlessGateway, TellsWhyAndHowLateADebitFailed) {
    bench.host.Answers(200, Payment("failed"))
        .Answers(200, Failed("failed", "insufficient_funds", false));
    const Json declined = bench.Call("payment.lookup/1", Query("PM1")).message;
    EXPECT_EQ(declined["state"], "declined");
    EXPECT_EQ(declined["error"]["reason"], "insufficient_funds");
    EXPECT_EQ(declined["error"]["hardness"], "soft");
    EXPECT_EQ(declined["error"]["network_code"], "AM04");
    bench.host.Answers(200, Payment("failed"))
        .Answers(200, Failed("late_failure_settled", "mandate_cancelled", true));
    const Json late = bench.Call("payment.lookup/1", Query("PM1")).message;
    EXPECT_EQ(late["state"], "failed_late");
    EXPECT_EQ(late["error"]["reason"], "mandate_revoked");
    EXPECT_EQ(late["captured"]["minor"], 0);
}

TEST_F(GoCardlessGateway, NeverSaysMissingOfWhatItCannotFind) {
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("")).code, LIVERY_UNSUPPORTED);
    bench.host.Answers(404, {{"error", {{"type", "invalid_api_usage"}}}});
    EXPECT_EQ(bench.Call("payment.lookup/1", Query("PM1")).message["state"], "not_found");
    bench.host.AnswersText(404, "<html>");
    EXPECT_NE(bench.Call("payment.lookup/1", Query("PM1")).code, LIVERY_OK);
}

TEST_F(GoCardlessGateway, RefundsWithTheTotalThatWillBeGivenBack) {
    const Json refund{
        {"refunds",
         {{"id", "RF1"}, {"status", "submitted"}, {"amount", 200}, {"currency", "EUR"}}}};
    bench.host.Answers(200, Payment("paid_out", 100)).Answers(201, refund);
    const Json result = bench.Call("refund.create/1", Refund("PM1", 200, "EUR")).message;
    EXPECT_EQ(result["state"], "pending");
    EXPECT_EQ(bench.host.sent().back()["body"]["refunds"]["total_amount_confirmation"], 300);
    // By now 300 are given back; a repeat is the request that it was.
    const Json first = bench.host.sent().back();
    bench.host.Answers(409, Conflict("RF1"));
    const std::size_t repeat = bench.host.sent().size();
    bench.host.Answers(200, refund);
    EXPECT_EQ(bench.Call("refund.create/1", Refund("PM1", 200, "EUR")).message["provider_id"],
              "RF1");
    EXPECT_EQ(bench.host.sent().at(repeat), first);
}

TEST_F(GoCardlessGateway, DoesNotTakeAPageOnTheWayForAPaymentThatIsMissing) {
    bench.host.Answers(404, "<html>Not found</html>");
    const auto reply = bench.Call("refund.create/1", Refund("PM1", 200, "EUR"));
    EXPECT_NE(reply.code, LIVERY_OK) << reply.message;
}

TEST_F(GoCardlessGateway, ChargesNobodyUnderTheMandateOfAnother) {
    bench.host.Answers(201, {{"billing_requests", {{"id", "BRQ1"}}}})
        .Answers(201,
                 {{"billing_request_flows", {{"authorisation_url", "https://pay.example/flow"}}}})
        .Answers(200, {{"billing_requests",
                        {{"id", "BRQ1"},
                         {"status", "fulfilled"},
                         {"links", {{"mandate_request_mandate", "MD1"}}}}}})
        .Answers(200,
                 {{"mandates", {{"id", "MD1"}, {"links", {{"customer_bank_account", "BA1"}}}}}})
        .Answers(200, {{"customer_bank_accounts", {{"account_number_ending", "1100"}}}});
    bench.Call("setup.start/1", {{"idempotency_key", "key-0123456789abcdef"},
                                 {"reference", "ref-1"},
                                 {"customer", "cus-1"},
                                 {"currency", "EUR"},
                                 {"return_url", "https://shop.example/back"}});
    bench.Call("setup.lookup/1", {{"provider_id", "BRQ1"}, {"reference", "ref-1"}});
    Json order = Order(1'234, "EUR", "MD1");
    order["customer"] = "cus-2";
    const std::size_t before = bench.host.sent().size();
    EXPECT_EQ(bench.Call("payment.start/1", order).message["error"]["field"], "customer");
    EXPECT_EQ(bench.host.sent().size(), before);
    order["customer"] = "cus-1";
    bench.host.Answers(201, Payment("pending_submission"));
    EXPECT_EQ(bench.Call("payment.start/1", order).message["state"], "pending");
}

TEST_F(GoCardlessGateway, TakesAMandateOnGoCardlesssPages) {
    bench.host.Answers(201, {{"billing_requests", {{"id", "BRQ1"}}}})
        .Answers(201,
                 {{"billing_request_flows", {{"authorisation_url", "https://pay.example/flow"}}}});
    const Json begun = bench
                           .Call("setup.start/1", {{"idempotency_key", "key-0123456789abcdef"},
                                                   {"reference", "ref-1"},
                                                   {"currency", "EUR"},
                                                   {"locale", "ar-AE"},
                                                   {"return_url", "https://shop.example/back"}})
                           .message;
    EXPECT_EQ(begun["state"], "requires_action");
    EXPECT_EQ(begun["provider_id"], "BRQ1");
    EXPECT_FALSE(bench.host.sent().back()["body"]["billing_request_flows"].contains("language"));
    bench.host
        .Answers(200,
                 {{"billing_requests",
                   {{"status", "fulfilled"}, {"links", {{"mandate_request_mandate", "MD1"}}}}}})
        .Answers(200, {{"mandates",
                        {{"id", "MD1"},
                         {"reference", "REF-1"},
                         {"links", {{"customer", "CU1"}, {"customer_bank_account", "BA1"}}}}}})
        .Answers(200, {{"customer_bank_accounts",
                        {{"bank_name", "BARCLAYS"}, {"account_number_ending", "1234"}}}});
    const Json done =
        bench.Call("setup.lookup/1", {{"provider_id", "BRQ1"}, {"reference", "ref-1"}}).message;
    EXPECT_EQ(done["state"], "active");
    EXPECT_EQ(done["method"]["token"], "MD1");
    EXPECT_EQ(done["method"]["last4"], "1234");
    EXPECT_EQ(done["method"]["kind"], "bank_debit");
}

// The customer could go nowhere, and a form sent again would find nothing either.
TEST_F(GoCardlessGateway, TakesAnAnswerWithoutAPageForNoAnswer) {
    const Json order{{"idempotency_key", "key-0123456789abcdef"},
                     {"reference", "ref-1"},
                     {"currency", "EUR"},
                     {"return_url", "https://shop.example/back"}};
    const Json request{{"billing_requests", {{"id", "BRQ1"}}}};
    for (const Json& pages : {Json::object(), Json{{"billing_request_flows", {{"id", "BRF1"}}}}}) {
        bench.host.Answers(201, request).Answers(201, pages);
        const auto reply = bench.Call("setup.start/1", order);
        EXPECT_EQ(reply.code, LIVERY_PLUGIN_FAULT) << reply.message;
    }
    bench.host.Answers(201, Json::object());
    const std::size_t before = bench.host.sent().size();
    EXPECT_EQ(bench.Call("setup.start/1", order).code, LIVERY_PLUGIN_FAULT);
    EXPECT_EQ(bench.host.sent().size(), before + 1) << "a page was asked for, of no request";
}

TEST_F(GoCardlessGateway, ListsWhatBanksTookBackAndGaveAgain) {
    const auto page = [&](const std::string& cursor) {
        Json ask{{"from", 1'388'500'000}, {"to", 1'388'600'000}};
        if (!cursor.empty()) ask["cursor"] = cursor;
        return bench.Call("transactions.list/1", ask).message;
    };
    const auto event = [](const char* id) {
        return Json{{"events",
                     {{{"id", id},
                       {"created_at", "2014-01-01T12:00:00.000Z"},
                       {"links", {{"payment", "PM1"}}}}}},
                    {"meta", {{"cursors", {{"after", nullptr}}}}}};
    };
    bench.host.Answers(200, {{"payments", Json::array()}});
    const Json first = page("");
    bench.host.Answers(200, {{"refunds", Json::array()}});
    const Json second = page(first["next"]);
    bench.host.Answers(200, event("EV1")).Answers(200, Payment("charged_back"));
    const std::size_t asked = bench.host.sent().size();
    const Json third = page(second["next"]);
    EXPECT_EQ(third["transactions"],
              (Json::array({{{"kind", "chargeback"},
                             {"provider_id", "EV1"},
                             {"payment", "PM1"},
                             {"amount", {{"minor", 1'234}, {"currency", "EUR"}}},
                             {"at", 1'388'577'600}}})));
    const Json& query = bench.host.sent().at(asked)["query"];
    EXPECT_EQ(query["action"], "charged_back");
    EXPECT_EQ(query["resource_type"], "payments");
    bench.host.Answers(200, event("EV2")).Answers(200, Payment("paid_out"));
    const Json last = page(third["next"]);
    EXPECT_EQ(last["transactions"][0]["kind"], "chargeback_reversal");
    EXPECT_FALSE(last.contains("next"));
}

TEST_F(GoCardlessGateway, ReadsABatchOfEvents) {
    const Json events =
        bench
            .Call("event.parse/1", Webhook({{"events",
                                             {{{"id", "EV1"},
                                               {"resource_type", "payments"},
                                               {"links", {{"payment", "PM1"}}},
                                               {"resource_metadata", {{"reference", "ref-1"}}}},
                                              {{"id", "EV2"},
                                               {"resource_type", "mandates"},
                                               {"links", {{"mandate", "MD1"}}}},
                                              {{"id", "EV3"}, {"resource_type", "payouts"}}}}}))
            .message["events"];
    EXPECT_EQ(
        events[0],
        (Json{
            {"id", "EV1"}, {"about", "payment"}, {"provider_id", "PM1"}, {"reference", "ref-1"}}));
    EXPECT_EQ(events[1]["about"], "method");
    EXPECT_EQ(events[2]["about"], "nothing");
}

TEST(GoCardlessTimes, AreReadAndWritten) {
    using livery::gocardless::SecondsOf;
    using livery::gocardless::TimeOf;
    EXPECT_EQ(SecondsOf("2014-01-01T12:00:00.000Z"), 1'388'577'600);
    for (const std::int64_t time :
         {0LL, 951'782'399LL, 951'868'800LL, 1'709'164'800LL, 4'102'444'799LL})
        EXPECT_EQ(SecondsOf(TimeOf(time)), time) << TimeOf(time);
    EXPECT_EQ(TimeOf(951'782'400), "2000-02-29T00:00:00.000Z");
    EXPECT_THROW(SecondsOf("yesterday"), livery::gw::BadMessage);
    EXPECT_THROW(SecondsOf("2014-13-01T12:00:00.000Z"), livery::gw::BadMessage);
}

}  // namespace
