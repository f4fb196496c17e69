#include "gateways/outgoing.h"

#include <gtest/gtest.h>

namespace livery::gateways {
namespace {

using Json = nlohmann::json;

const Json kSchema = Json::parse(
    R"({"properties":{"base_url":{"x-hosts":["api.pay.example","*.live.pay.example"]}}})");

Result<Outgoing> Make(const Json& more) {
    Json message{{"base_url", "https://api.pay.example/v1/"}, {"method", "POST"}, {"path", "/a"}};
    message.update(more);
    return MakeOutgoing(message, AllowedUrls(kSchema, false),
                        [](const std::string& name) -> Result<std::string> {
                            if (name == "key") return std::string("value");
                            return Error{ErrorCode::kInvalidArgument, "no such secret", {}};
                        });
}

std::string Why(const Json& more) {
    const auto made = Make(more);
    return made ? "" : made.error().message;
}

std::string HeaderOf(const Outgoing& made, const std::string& name) {
    for (const auto& [key, value] : made.request.headers)
        if (key == name) return value;
    return "none";
}

TEST(Outgoing, IsPutTogetherFromItsParts) {
    const auto made = Make({{"query", {{"a b", "c&d"}, {"n", 7}}},
                            {"headers", {{"X-Version", "2"}}},
                            {"idempotency_key", "k-1"},
                            {"body", {{"x", true}}},
                            {"auth", {{"scheme", "basic"}, {"user", "me"}, {"secret", "key"}}}});
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->request.url, "https://api.pay.example/v1/a?a%20b=c%26d&n=7");
    EXPECT_EQ(made->request.body, R"({"x":true})");
    EXPECT_EQ(HeaderOf(*made, "X-Version"), "2");
    EXPECT_EQ(HeaderOf(*made, "Idempotency-Key"), "k-1");
    EXPECT_EQ(HeaderOf(*made, "Authorization"), "Basic bWU6dmFsdWU=");
    EXPECT_EQ(made->secrets, (std::vector<std::string>{"value", "bWU6dmFsdWU="}));
    EXPECT_FALSE(made->safe);
}

TEST(Outgoing, CarriesTheKeyWhereTheProviderWantsIt) {
    const auto made = Make({{"idempotency_key", "k-1"}, {"key_header", "X-Request-Id"}});
    EXPECT_EQ(HeaderOf(*made, "X-Request-Id"), "k-1");
    EXPECT_EQ(HeaderOf(*made, "Idempotency-Key"), "none");
    EXPECT_EQ(
        HeaderOf(
            *Make({{"auth", {{"scheme", "header"}, {"header", "X-Api-Key"}, {"secret", "key"}}}}),
            "X-Api-Key"),
        "value");
    const auto asked = Make({{"method", "GET"}, {"idempotency_key", "k-1"}});
    EXPECT_TRUE(asked->safe);
    EXPECT_EQ(HeaderOf(*asked, "Idempotency-Key"), "none");
}

TEST(Outgoing, GoesNowhereElse) {
    for (const char* url :
         {"https://else.example", "http://api.pay.example", "https://api.pay.example@else.example",
          "https://api.pay.example:8443", "https://else.example#api.pay.example",
          "https://api.pay.example.else.example", "file:///etc/passwd", "https://", "https:///v1",
          "http://127.0.0.1:8080", "https://live.pay.example", "https://api.pay.example\r\n", ""})
        EXPECT_NE(Why({{"base_url", url}}), "") << url;
    EXPECT_EQ(Why({{"base_url", "https://a1-harbor.live.pay.example"}}), "");
    EXPECT_EQ(Why({{"base_url", "https://api.pay.example:443/x"}}), "");
    for (const char* path : {"a", "//../a", "/a/../b", "/a?b=c", "/a b", "/a\r\nX: y", "/%2e%2e/a",
                             "/a#b", "@else.example/", ""})
        EXPECT_NE(Why({{"path", path}}), "") << path;
    const AllowedUrls sandbox(kSchema, true);
    EXPECT_EQ(sandbox.Objection("http://127.0.0.1:18190/x"), "");
    EXPECT_EQ(sandbox.Objection("http://localhost"), "");
    EXPECT_NE(sandbox.Objection("http://127.0.0.2"), "");
    EXPECT_NE(sandbox.Objection("http://127.0.0.1@else.example"), "");
}

TEST(Outgoing, SaysNothingThatIsTheHostsToSay) {
    EXPECT_NE(Why({{"headers", {{"Host", "else.example"}}}}), "");
    EXPECT_NE(Why({{"headers", {{"content-length", "0"}}}}), "");
    EXPECT_NE(Why({{"headers", {{"Authorization", "Bearer guess"}}}}), "");
    EXPECT_NE(Why({{"headers", {{"X-A", "b\r\nX-C: d"}}}}), "");
    EXPECT_NE(Why({{"headers", {{"X-A: b\r\nX-C", "d"}}}}), "");
    EXPECT_NE(Why({{"idempotency_key", "k\r\nX-C: d"}}), "");
    EXPECT_NE(Why({{"method", "TRACE"}}), "");
    EXPECT_NE(Why({{"method", "GET"}, {"body", {{"a", 1}}}}), "");
    EXPECT_EQ(Why({{"auth", {{"scheme", "bearer"}, {"secret", "other"}}}}), "no such secret");
    EXPECT_NE(Why({{"auth", {{"scheme", "digest"}, {"secret", "key"}}}}), "");
}

TEST(Outgoing, WritesFormsAsProvidersReadThem) {
    EXPECT_EQ(FormOf(Json::parse(R"({"a":{"b":"c d","n":1},"e":[1,{"f":"ü"}],"t":true,"z":null})")),
              "a[b]=c%20d&a[n]=1&e[0]=1&e[1][f]=%C3%BC&t=true");
}

}  // namespace
}  // namespace livery::gateways
