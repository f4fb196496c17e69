#include "http/request_decoder.h"

#include <gtest/gtest.h>

#include "http/host.h"

namespace livery::http {
namespace {

constexpr std::string_view kToken = "front-secret";

RawMessage Get(std::string target, std::vector<RawHeader> more = {}) {
    RawMessage message{"GET", std::move(target), {{"Host", "shop.example"}}, "", true};
    message.headers.insert(message.headers.end(), more.begin(), more.end());
    return message;
}

Decoded<Request> Decode(RawMessage message) {
    const RequestDecoder decoder({Limits{}, std::string(kToken)});
    return decoder.Decode(std::move(message), "127.0.0.1", "fresh");
}

int StatusOf(RawMessage message) {
    const auto request = Decode(std::move(message));
    return request ? 200 : request.error().status;
}

std::string PathOf(std::string target) {
    const auto request = Decode(Get(std::move(target)));
    return request ? request->path : std::to_string(request.error().status);
}

TEST(ParseHost, RefusesANulBehindAnAddress) {
    EXPECT_TRUE(ParseHost("[::1]"));
    EXPECT_FALSE(ParseHost(std::string_view("[::1\0]", 6)));
}

TEST(RequestDecoder, DecodesEachPathSegmentOnce) {
    EXPECT_EQ(PathOf("/caf%C3%A9/a%2520b+c"), "/café/a%20b+c");
    EXPECT_EQ(PathOf("/"), "/");
    EXPECT_EQ(PathOf("/invoices/?x=1"), "/invoices");
}

TEST(RequestDecoder, RefusesEncodedDots) {
    EXPECT_EQ(PathOf("/a/%2e%2e/b"), "400");
    EXPECT_EQ(PathOf("/a/.%2E"), "400");
    EXPECT_EQ(PathOf("/./a"), "400");
    EXPECT_EQ(PathOf("/a/..."), "/a/...");
}

TEST(RequestDecoder, RefusesEncodedSlashesControlsAndBrokenEscapes) {
    for (const char* target : {"/a%2fb", "/a%5Cb", "/a%00", "/a%0a", "/a%7f", "/a%", "/a%4",
                               "/a%zz", "/%ff", "/%c0%af", "*", "http://x/", "/a#b"}) {
        EXPECT_EQ(PathOf(target), "400") << target;
    }
}

TEST(RequestDecoder, DoesNotFindAPathWithAnEmptySegment) {
    EXPECT_EQ(PathOf("//evil.example"), "404");
    EXPECT_EQ(PathOf("/a//b"), "404");
}

TEST(RequestDecoder, KeepsDuplicatesInTheQuery) {
    const auto request = Decode(Get("/?a=1&b=x+y%26&a=2&c&&=z"));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->query.All("a"), (std::vector<std::string_view>{"1", "2"}));
    EXPECT_EQ(request->query.Get("b"), "x y&");
    EXPECT_TRUE(request->query.Find("c"));
    EXPECT_EQ(request->query.Get(""), "z");
    EXPECT_EQ(request->query.size(), 5U);
}

TEST(RequestDecoder, RefusesABadQuery) {
    EXPECT_EQ(StatusOf(Get("/?a=%ff")), 400);
    EXPECT_EQ(StatusOf(Get("/?a=%00")), 400);
    EXPECT_EQ(StatusOf(Get("/?a=50%")), 400);
    EXPECT_EQ(StatusOf(Get("/?" + std::string(257, 'n') + "=1")), 400);
    std::string many = "/?";
    for (int i = 0; i < 1001; ++i) many += "a&";
    EXPECT_EQ(StatusOf(Get(many)), 400);
}

TEST(RequestDecoder, WantsExactlyOneGoodHost) {
    RawMessage message = Get("/");
    message.headers.clear();
    EXPECT_EQ(StatusOf(message), 400) << "none";
    EXPECT_EQ(StatusOf(Get("/", {{"host", "shop.example"}})), 400) << "two";
    for (const char* host : {"", "a b", "a..b", "-a", "x:99999", "x:0", "x:1x", "[::1", "a/b",
                             "user@host", "[1.2.3.4]", "é", "a:1:2"}) {
        message.headers = {{"Host", host}};
        EXPECT_EQ(StatusOf(message), 400) << host;
    }
}

TEST(RequestDecoder, SplitsHostAndPort) {
    RawMessage message = Get("/");
    message.headers = {{"HOST", "Shop.EXAMPLE.:8443"}};
    auto request = Decode(message);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->host, "shop.example");
    EXPECT_EQ(request->port, 8443);
    message.headers = {{"Host", "[2001:DB8::1]:80"}};
    request = Decode(message);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->host, "[2001:db8::1]");
    EXPECT_EQ(request->port, 80);
}

TEST(RequestDecoder, IgnoresAndRemovesForgedForwardedHeaders) {
    const std::vector<RawHeader> forged = {{"X-Forwarded-For", "203.0.113.9"},
                                           {"X-Forwarded-Proto", "https"},
                                           {"X-Request-Id", "abc"},
                                           {"x-livery-front", "guess"},
                                           {"X-Livery-Anything", "1"}};
    const auto request = Decode(Get("/", forged));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->client_address, "127.0.0.1");
    EXPECT_FALSE(request->secure);
    EXPECT_EQ(request->request_id, "fresh");
    EXPECT_EQ(request->headers.size(), 1U) << "only Host stays";
}

TEST(RequestDecoder, BelievesTheFront) {
    const auto request = Decode(Get("/", {{"X-Livery-Front", std::string(kToken)},
                                          {"X-Forwarded-For", "2001:db8::7"},
                                          {"X-Forwarded-Proto", "https"},
                                          {"X-Request-Id", "abc-1"}}));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->client_address, "2001:db8::7");
    EXPECT_TRUE(request->secure);
    EXPECT_EQ(request->request_id, "abc-1");
    EXPECT_FALSE(request->headers.Find("X-Livery-Front"));
}

TEST(RequestDecoder, BelievesNobodyWhenThereIsNoToken) {
    const RequestDecoder decoder({Limits{}, ""});
    const auto request = decoder.Decode(
        Get("/", {{"X-Livery-Front", ""}, {"X-Forwarded-For", "192.0.2.1"}}), "127.0.0.1", "fresh");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->client_address, "127.0.0.1");
}

TEST(RequestDecoder, DecodesAnUrlencodedForm) {
    RawMessage message = Get("/", {{"Content-Type", "Application/X-WWW-Form-Urlencoded; a=b"}});
    message.method = "POST";
    message.body = "name=J%C3%BCrgen+M&note=a%0D%0Ab";
    const auto request = Decode(message);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->form.Get("name"), "Jürgen M");
    EXPECT_EQ(request->form.Get("note"), "a\r\nb");
    EXPECT_EQ(request->body, message.body);
}

TEST(RequestDecoder, LeavesOtherBodiesAlone) {
    RawMessage message = Get("/", {{"Content-Type", "application/json"}});
    message.method = "POST";
    message.body = std::string("{\"a\":\xff\0}", 8);
    const auto request = Decode(message);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->body, message.body);
    EXPECT_TRUE(request->form.empty());
}

TEST(RequestDecoder, CollectsTheCookiesOfAllHeaders) {
    const auto request = Decode(Get(
        "/", {{"Cookie", "a=1; b=\"x\"; junk; a=2"}, {"cookie", "sid=t=; bad name=1; e=\xff"}}));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->cookies.All("a"), (std::vector<std::string_view>{"1", "2"}));
    EXPECT_EQ(request->cookies.Get("b"), "\"x\"");
    EXPECT_EQ(request->cookies.Get("sid"), "t=");
    EXPECT_EQ(request->cookies.size(), 4U);
}

TEST(RequestDecoder, RefusesUnknownMethodsWith405) {
    for (const char* method : {"BREW", "get", "TRACE", "CONNECT"}) {
        RawMessage message = Get("/");
        message.method = method;
        EXPECT_EQ(StatusOf(message), 405) << method;
    }
}

}  // namespace
}  // namespace livery::http
