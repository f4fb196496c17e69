// By the vectors that providers publish; testdata/README.md says whose they are.
#include "gateways/webhook.h"

#include <fstream>

#include <gtest/gtest.h>

#include <livery/json.h>

#include "gateways/mac.h"

namespace livery::gateways {
namespace {

using Json = nlohmann::json;
using Headers = std::map<std::string, std::string>;
using std::chrono::seconds;

Json Vector(const std::string& scheme) {
    std::ifstream in(LIVERY_SOURCE_DIR "/core/gateways/testdata/webhook_signature_vectors.json");
    const Json file = Json::parse(in);
    for (const Json& vector : file.at("vectors"))
        if (vector.at("scheme") == scheme) return vector;
    ADD_FAILURE() << "no vector of " << scheme;
    return {};
}

WebhookScheme Hex(std::string header) {
    WebhookScheme scheme;
    scheme.header = std::move(header);
    scheme.hash = "sha256";
    scheme.encoding = "hex";
    scheme.signs = "{body}";
    scheme.form = "{mac}";
    return scheme;
}

struct Stripe {
    Json vector = Vector("stripe-signature-v1");
    std::string body = vector.at("body");
    std::string key = vector.at("key");
    std::string mac = vector.at("expect");
    WebhookScheme scheme = Hex("Stripe-Signature");
    Stripe() {
        scheme.signs = "{time}.{body}";
        scheme.form = "t={time},v1={mac}";
    }
    std::string Objection(const std::string& header, seconds now = seconds(1'700'000'100),
                          const std::vector<std::string>& keys = {"else", "whsec_test_secret"}) {
        const Headers headers{{"stripe-signature", header}};
        return WebhookObjection(scheme, {"", headers, body}, keys, now);
    }
};

TEST(Webhook, TakesStripesOverTimeAndBody) {
    Stripe stripe;
    const std::string right = "t=1700000000,v1=" + stripe.mac;
    EXPECT_EQ(stripe.Objection(stripe.vector.at("header")), "");
    EXPECT_EQ(stripe.Objection("t=1700000000, v1=00,v0=ff, v1=" + stripe.mac), "");
    EXPECT_EQ(stripe.Objection(right, seconds(1'700'000'300)), "");
    EXPECT_EQ(stripe.Objection(right, seconds(1'700'000'301)), "it was signed too long ago");
    EXPECT_EQ(stripe.Objection(right, seconds(1'699'999'699)), "it was signed in the future");
    EXPECT_EQ(stripe.Objection(right, seconds(1'700'000'000), {"else"}),
              "no signature of it is right");
    // Another time than was signed.
    EXPECT_EQ(stripe.Objection("t=1700000001,v1=" + stripe.mac), "no signature of it is right");
    EXPECT_EQ(stripe.Objection("v1=" + stripe.mac), "it does not say when it was signed");
    EXPECT_EQ(stripe.Objection("t=99999999999999999999,v1=" + stripe.mac),
              "it does not say when it was signed");
    EXPECT_EQ(stripe.Objection("t=1700000000"), "it has no signature");
    EXPECT_EQ(stripe.Objection(""), "it has no signature");
    std::string many = "t=1700000000";
    for (int i = 0; i < 11; ++i) many += ",v1=" + stripe.mac;
    EXPECT_EQ(stripe.Objection(many), "it has too many signatures");
    stripe.body += " ";
    EXPECT_EQ(stripe.Objection(right), "no signature of it is right");
}

TEST(Webhook, TakesGoCardlesssOverTheBody) {
    const Json vector = Vector("gocardless-webhook-signature");
    const std::string body = vector.at("body");
    const Headers headers{{"webhook-signature", vector.at("expect")}};
    const WebhookScheme scheme = Hex("Webhook-Signature");
    EXPECT_EQ(WebhookObjection(scheme, {"", headers, body}, {vector.at("key")}, seconds(0)), "");
    // The same content, written otherwise.
    const std::string again = Json::parse(body).dump(1);
    EXPECT_NE(WebhookObjection(scheme, {"", headers, again}, {vector.at("key")}, seconds(0)), "");
}

// The published vector's body may not be copied: ours, which ends with a line as theirs does.
TEST(Webhook, TakesRazorpaysOverTheBodyToItsLastByte) {
    const Json vector = Vector("razorpay-computed");
    const std::string body = vector.at("body");
    const Headers headers{{"x-razorpay-signature", vector.at("expect")}};
    const WebhookScheme scheme = Hex("X-Razorpay-Signature");
    const auto objection = [&](const std::string& bytes, const std::string& key) {
        return WebhookObjection(scheme, {"", headers, bytes}, {key}, seconds(0));
    };
    EXPECT_EQ(objection(body, vector.at("key")), "");
    EXPECT_NE(objection(body.substr(0, body.size() - 1), vector.at("key")), "");
    EXPECT_NE(objection(body, "another_secret"), "");
    EXPECT_EQ(Vector("razorpay-x-razorpay-signature").at("alg"), vector.at("alg"));
}

TEST(Webhook, TakesSquaresOverAddressAndBody) {
    const Json vector = Vector("square-x-square-hmacsha256-signature");
    const std::string body = vector.at("body");
    const std::string url = vector.at("url");
    const Headers headers{{"x-square-hmacsha256-signature", vector.at("expect")}};
    WebhookScheme scheme = Hex("X-Square-HmacSha256-Signature");
    scheme.encoding = "base64";
    scheme.signs = "{url}{body}";
    EXPECT_EQ(WebhookObjection(scheme, {url, headers, body}, {vector.at("key")}, seconds(0)), "");
    EXPECT_NE(WebhookObjection(scheme, {url + "/", headers, body}, {vector.at("key")}, seconds(0)),
              "");
}

TEST(Webhook, TakesTheStandardsOverIdTimeAndBody) {
    const Json vector = Vector("standard-webhooks-v1");
    const std::string body = vector.at("body");
    const Headers headers{
        {"webhook-id", vector.at("id")},
        {"webhook-timestamp", std::to_string(vector.at("timestamp").get<int>())},
        {"webhook-signature", "v1,AAAA " + vector.at("expect").get<std::string>()}};
    WebhookScheme scheme = Hex("Webhook-Signature");
    scheme.encoding = "base64";
    scheme.key = "base64";
    scheme.signs = "{header:Webhook-Id}.{time}.{body}";
    scheme.form = "v1,{mac}";
    scheme.time_header = "Webhook-Timestamp";
    // Its keys are shown with a prefix that is none of them.
    const std::string key = vector.at("key").get<std::string>().substr(6);
    const seconds now(vector.at("timestamp").get<int>());
    EXPECT_EQ(WebhookObjection(scheme, {"", headers, body}, {key}, now), "");
    EXPECT_NE(WebhookObjection(scheme, {"", headers, body}, {"not base64!"}, now), "");
}

WebhookScheme AdyensItems() {
    WebhookScheme scheme;
    scheme.key = "hex";
    scheme.hash = "sha256";
    scheme.encoding = "base64";
    scheme.items = SignedItems{
        "notificationItems",
        "NotificationRequestItem",
        "additionalData.hmacSignature",
        {"pspReference", "originalReference", "merchantAccountCode", "merchantReference",
         "amount.value", "amount.currency", "eventCode", "success"}};
    return scheme;
}

// The published vector, in the message that it belongs to.
Json AdyensItem(const Json& vector) {
    return {{"NotificationRequestItem",
             {{"pspReference", "7914073381342284"},
              {"merchantAccountCode", "TestMerchant"},
              {"merchantReference", "TestPayment-1407325143704"},
              {"amount", {{"value", 1130}, {"currency", "EUR"}}},
              {"eventCode", "AUTHORISATION"},
              {"success", "true"},
              {"additionalData", {{"hmacSignature", vector.at("expect")}}}}}};
}

TEST(Webhook, TakesAdyensItemByItem) {
    const Json vector = Vector("adyen-standard-webhook-item");
    const std::vector<std::string> keys{std::string(64, '0'), vector.at("key")};
    const auto objection = [&](const Json& items) {
        const std::string body = Json{{"live", "false"}, {"notificationItems", items}}.dump();
        return WebhookObjection(AdyensItems(), {"", {}, body}, keys, seconds(0));
    };
    const Json good = AdyensItem(vector);
    EXPECT_EQ(objection(Json::array({good})), "");
    EXPECT_EQ(objection({good, good}), "");
    for (const char* path : {"/amount/value", "/success", "/merchantReference", "/pspReference",
                             "/additionalData/hmacSignature"}) {
        Json bad = good;
        Json& value = bad["NotificationRequestItem"][Json::json_pointer(path)];
        value = value.is_number() ? Json(113000) : Json("false");
        EXPECT_NE(objection(Json::array({bad})), "") << path;
        EXPECT_NE(objection({good, bad}), "") << path;
    }
    Json unsigned_item = good;
    unsigned_item["NotificationRequestItem"].erase("additionalData");
    EXPECT_NE(objection(Json::array({unsigned_item})), "");
    EXPECT_NE(objection(Json::array()), "");
    EXPECT_NE(objection("x"), "");
    EXPECT_NE(WebhookObjection(AdyensItems(), {"", {}, "half of {"}, keys, seconds(0)), "");
}

TEST(WebhookObjection, ReadsNothingThatIsTooLong) {
    const std::string body(kMostDelivered + 1, ' ');
    EXPECT_EQ(WebhookObjection(AdyensItems(), {"", {}, body}, {"k"}, seconds(0)), "it is too long");
}

TEST(Mac, IsThatOfAdyensItems) {
    const Json vector = Vector("adyen-standard-webhook-item");
    const auto key = Decoded(vector.at("key").get<std::string>(), "hex");
    ASSERT_TRUE(key);
    EXPECT_EQ(Encoded(*Mac("sha256", *key, vector.at("signed").get<std::string>()), "base64"),
              vector.at("expect").get<std::string>());
    EXPECT_FALSE(Mac("md5", "key", "text"));
    EXPECT_EQ(Encoded(*Mac("sha512", "key", "text"), "hex")->size(), 128U);
    EXPECT_FALSE(Decoded("0g", "hex"));
}

}  // namespace
}  // namespace livery::gateways
