#include "gateways/gateway_manifest.h"

#include <gtest/gtest.h>

#include "gateways/message_book.h"

namespace livery::gateways {
namespace {

using Json = nlohmann::json;

const Json kFine = Json::parse(R"({
    "tier":"portable","abi":{"major":1,"minor":0},"id":"acme","version":"1.0.0","name":"Acme",
    "concurrency":"single","can":["refund"],"methods":["card"],"currencies":["EUR"],
    "config":{"type":"object","additionalProperties":false,"required":[],
              "properties":{"hook":{"type":"string","x-secret":true},"name":{"type":"string"}}}})");

std::string Why(const Json& patch) {
    Json json = kFine;
    json.merge_patch(patch);
    const auto manifest = GatewayManifest::Parse(json.dump());
    return manifest ? "" : manifest.error().message;
}

Json Webhook(const std::string& secret) {
    return {{"webhook",
             {{"scheme", "hmac"},
              {"header", "X-A"},
              {"secret", secret},
              {"hash", "sha256"},
              {"encoding", "hex"},
              {"signs", "{body}"},
              {"form", "{mac}"},
              {"tolerance_seconds", 300},
              {"accepted", 200}}}};
}

TEST(GatewayManifest, SaysWhatTheHostGoesBy) {
    Json json = kFine;
    json.update(Webhook("hook"));
    json["amounts"]["EUR"] = {{"least", 50}, {"most", 1000}};
    json["idempotency_hours"] = 24;
    const auto manifest = GatewayManifest::Parse(json.dump());
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_EQ(manifest->id, "acme");
    EXPECT_TRUE(manifest->can.contains("refund"));
    EXPECT_EQ(manifest->amounts.at("EUR").least, 50);
    EXPECT_EQ(manifest->webhook->header, "X-A");
    EXPECT_EQ(manifest->idempotency, std::chrono::hours(24));
}

TEST(GatewayManifest, OfAnotherVersionOfTheContractIsRefusedInWords) {
    EXPECT_EQ(Why({{"abi", {{"major", 2}}}}),
              "keeps version 2 of the gateway contract, this host version 1; build it with an SDK "
              "of that version");
    EXPECT_EQ(Why({{"abi", {{"minor", 1}}}}),
              "keeps version 1.1 of the gateway contract, this host only 1.0; update the host, or "
              "build the gateway with an older SDK");
    EXPECT_NE(Why({{"abi", nullptr}}), "");
}

TEST(GatewayManifest, ThatIsNotAsItShouldBeIsRefused) {
    EXPECT_NE(Why({{"id", "../acme"}}).find("id: "), std::string::npos);
    EXPECT_NE(Why({{"can", {"fly"}}}), "");
    EXPECT_NE(Why({{"colour", "red"}}).find("colour"), std::string::npos);
    EXPECT_NE(Why({{"config", {{"properties", {{"hook", {{"type", 7}}}}}}}}), "");
    EXPECT_EQ(Why(Webhook("hook")), "");
    EXPECT_NE(Why(Webhook("name")).find("no secret"), std::string::npos);
    EXPECT_FALSE(GatewayManifest::Parse("not JSON"));
}

TEST(MessageBook, KnowsEveryOperationByItsMessages) {
    const MessageBook& book = MessageBook::V1();
    int operations = 0;
    const Json published = Json::parse(PublishedMessages().at("operations"));
    for (const auto& [id, entry] : published.items()) {
        if (!entry.is_object()) continue;
        ++operations;
        ASSERT_NE(book.Find(id), nullptr);
        EXPECT_TRUE(PublishedMessages().contains(book.Find(id)->request)) << id;
        EXPECT_TRUE(PublishedMessages().contains(book.Find(id)->result)) << id;
    }
    EXPECT_EQ(operations, 13);
    EXPECT_EQ(book.Find("payment.start/2"), nullptr);
}

TEST(MessageBook, TakesAWordThatNobodyKnowsForPendingAndNeverForSuccess) {
    const MessageBook& book = MessageBook::V1();
    Json result{{"state", "almost_captured"}};
    book.ReadUnknownWords("payment.result", result);
    EXPECT_EQ(result["state"], "pending");
    Json known{{"state", "captured"}};
    book.ReadUnknownWords("payment.result", known);
    EXPECT_EQ(known["state"], "captured");
    EXPECT_NE(book.Objection("payment.result", known), "") << "no id, no amount";
}

}  // namespace
}  // namespace livery::gateways
