#include "http/response_bytes.h"

#include <gtest/gtest.h>

#include <livery/check.h>

namespace livery::http {
namespace {

TEST(ResponseBytes, WritesTheWholeMessage) {
    Response response = PlainText(200, "hello");
    response.headers.Add("Set-Cookie", "a=1");
    response.headers.Add("Set-Cookie", "b=2");
    response.headers.Add("content-length", "99");
    EXPECT_EQ(ResponseBytes(response, {Method::kGet, true, "id1"}),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
              "Content-Length: 5\r\nX-Request-Id: id1\r\nConnection: keep-alive\r\n"
              "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nhello");
}

TEST(ResponseBytes, GivesHeadTheLengthButNotTheBody) {
    const std::string bytes = ResponseBytes(PlainText(200, "hello"), {Method::kHead, false, {}});
    EXPECT_NE(bytes.find("Content-Length: 5\r\n"), std::string::npos);
    EXPECT_TRUE(bytes.ends_with("\r\n\r\n"));
}

TEST(ResponseBytes, SendsASharedBodyInsteadOfItsOwn) {
    Response response = PlainText(200, "own");
    response.shared_body = std::make_shared<const std::string>("shared");
    EXPECT_TRUE(ResponseBytes(response, {}).ends_with("\r\n\r\nshared"));
}

TEST(ResponseBytes, HasNoBodyAndNoLengthFor204And304) {
    for (const int status : {204, 304}) {
        const std::string bytes = ResponseBytes(PlainText(status, "x"), {});
        EXPECT_EQ(bytes.find("Content-"), std::string::npos) << status;
        EXPECT_TRUE(bytes.ends_with("\r\n\r\n"));
    }
}

TEST(ResponseBytes, RefusesWhatWouldSplitTheResponse) {
    Response response = PlainText(200, "x");
    response.content_type = "text/plain\r\nSet-Cookie: evil=1";
    EXPECT_THROW(ResponseBytes(response, {}), BrokenInvariant);
    EXPECT_THROW(ResponseBytes(PlainText(100, ""), {}), BrokenInvariant);
}

}  // namespace
}  // namespace livery::http
