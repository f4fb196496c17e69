#include "http/message_reader.h"

#include <gtest/gtest.h>

namespace livery::http {
namespace {

constexpr std::string_view kHead = "GET / HTTP/1.1\r\nHost: a\r\n";

int StatusOf(std::string_view bytes, Limits limits = {}) {
    MessageReader reader(limits);
    reader.Feed(bytes);
    const auto message = reader.Next();
    if (!message) return message.error().status;
    return *message ? 200 : 0;
}

int StatusWith(std::string_view header) {
    return StatusOf(std::string(kHead) + std::string(header) + "\r\n\r\n");
}

TEST(MessageReader, AnswersTheSameWhereverTheBytesAreCut) {
    const std::string bytes =
        "POST /a HTTP/1.1\r\nHost: a\r\nX: 1\r\nx:  2 \r\nContent-Length: 3\r\n\r\nabc";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        MessageReader reader{Limits{}};
        reader.Feed(std::string_view(bytes).substr(0, cut));
        auto message = reader.Next();
        ASSERT_TRUE(message) << cut;
        if (cut < bytes.size()) {
            ASSERT_FALSE(*message) << cut;
            reader.Feed(std::string_view(bytes).substr(cut));
            message = reader.Next();
        }
        ASSERT_TRUE(message && *message) << cut;
        EXPECT_EQ((*message)->body, "abc");
        EXPECT_EQ((*message)->headers[1], (RawHeader{"X", "1"}));
        EXPECT_EQ((*message)->headers[2], (RawHeader{"x", "2"}));
        EXPECT_FALSE(reader.InMessage());
    }
}

TEST(MessageReader, LetsALargerBodyInOnlyWhereItIsAskedFor) {
    Limits limits;
    limits.body = 4;
    const BodyLimit files = [](std::string_view method, std::string_view target) -> std::size_t {
        return method == "POST" && target == "/files?x" ? 8 : 4;
    };
    const auto status = [&](const std::string& line, int length) {
        MessageReader reader(limits, &files);
        reader.Feed(line + " HTTP/1.1\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" +
                    std::string(static_cast<std::size_t>(length), 'x') + "GET / HTTP/1.1\r\n\r\n");
        const auto message = reader.Next();
        if (!message) return message.error().status;
        EXPECT_EQ((**message).body.size(), static_cast<std::size_t>(length));
        EXPECT_EQ((**reader.Next()).target, "/") << "what follows is a request of its own";
        return 200;
    };
    EXPECT_EQ(status("POST /files?x", 8), 200);
    EXPECT_EQ(status("POST /files?x", 9), 413);
    EXPECT_EQ(status("PUT /files?x", 5), 413);
    EXPECT_EQ(status("POST /other", 5), 413);
    EXPECT_EQ(status("POST /other", 4), 200);
}

TEST(MessageReader, GivesPipelinedRequestsInOrder) {
    MessageReader reader{Limits{}};
    reader.Feed("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.0\r\n\r\nGET /3");
    auto message = reader.Next();
    EXPECT_EQ((*message)->target, "/1");
    message = reader.Next();
    EXPECT_EQ((*message)->target, "/2");
    EXPECT_FALSE((*message)->keep_alive) << "HTTP/1.0";
    EXPECT_FALSE(*reader.Next());
}

TEST(MessageReader, RefusesWhatTwoReadersCouldCutDifferently) {
    EXPECT_EQ(StatusWith("Content-Length: 1\r\nContent-Length: 2"), 400);
    EXPECT_EQ(StatusWith("Content-Length: 0\r\ncontent-length: 0"), 400);
    EXPECT_EQ(StatusWith("Content-Length: abc"), 400);
    EXPECT_EQ(StatusWith("Content-Length: -1"), 400);
    EXPECT_EQ(StatusWith("Content-Length: +1"), 400);
    EXPECT_EQ(StatusWith("Content-Length: 1, 1"), 400);
    EXPECT_EQ(StatusWith("Content-Length:"), 400);
    EXPECT_EQ(StatusWith("Content-Length: 99999999999999999999999"), 413);
    EXPECT_EQ(StatusWith("Transfer-Encoding: chunked"), 411);
    EXPECT_EQ(StatusWith("Transfer-Encoding: chunked\r\nContent-Length: 5"), 411);
    EXPECT_EQ(StatusWith("Host : a"), 400);
    EXPECT_EQ(StatusWith("X: 1\r\n folded"), 400);
    EXPECT_EQ(StatusWith("no colon"), 400);
    EXPECT_EQ(StatusWith(": nameless"), 400);
    EXPECT_EQ(StatusWith("X: a\nY: b"), 400);
    EXPECT_EQ(StatusWith("X: a\rY: b"), 400);
    EXPECT_EQ(StatusWith(std::string_view("X: a\0b", 6)), 400);
}

TEST(MessageReader, RefusesABadRequestLine) {
    EXPECT_EQ(StatusOf("GET /\r\n\r\n"), 400);
    EXPECT_EQ(StatusOf("GET / HTTP/2.0\r\n\r\n"), 505);
    EXPECT_EQ(StatusOf("GET / \r\n\r\n"), 400) << "empty version";
    EXPECT_EQ(StatusOf("GET /a b HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(StatusOf("GET /\xc3\xa9 HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(StatusOf("G@T / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(StatusOf("\r\nGET / HTTP/1.1\r\n\r\n"), 200) << "an empty line before is skipped";
}

TEST(MessageReader, RefusesBeforeItHasReadTooMuch) {
    EXPECT_EQ(StatusOf("GET /" + std::string(9000, 'a')), 414);
    EXPECT_EQ(StatusOf(std::string(kHead) + "X: " + std::string(40'000, 'a')), 431);
    std::string many(kHead);
    for (int i = 0; i < 101; ++i) many += "A: b\r\n";
    EXPECT_EQ(StatusOf(many + "\r\n"), 431);
    Limits small;
    small.body = 10;
    EXPECT_EQ(StatusOf("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n", small), 413);
    EXPECT_EQ(StatusOf("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n", small), 0);
}

TEST(MessageReader, ALimitDoesNotDependOnHowTheBytesWereSplit) {
    const std::string at_the_limit = std::string(kHead) + "X: abc\r\n\r\n";
    Limits tight;
    tight.request_line = at_the_limit.find("\r\n");
    tight.head = at_the_limit.size() - 4;
    EXPECT_EQ(StatusOf(at_the_limit, tight), 200);
    MessageReader reader(tight);
    for (const char byte : at_the_limit.substr(0, at_the_limit.size() - 1)) {
        reader.Feed(std::string_view(&byte, 1));
        ASSERT_TRUE(reader.Next());
    }
    reader.Feed("\n");
    EXPECT_TRUE((*reader.Next()).has_value());
}

TEST(MessageReader, SaysOnceThatTheClientWaitsForContinue) {
    MessageReader reader{Limits{}};
    reader.Feed("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    ASSERT_TRUE(reader.Next());
    EXPECT_TRUE(reader.TakeContinue());
    EXPECT_FALSE(reader.TakeContinue());
    EXPECT_EQ(StatusWith("Expect: miracles"), 417);
}

TEST(MessageReader, ReadsTheConnectionOptions) {
    MessageReader reader{Limits{}};
    reader.Feed("GET / HTTP/1.1\r\nConnection: te , Close\r\n\r\n");
    EXPECT_FALSE((*reader.Next())->keep_alive);
}

}  // namespace
}  // namespace livery::http
