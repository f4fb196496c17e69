#include "http/server/server.h"

#include <atomic>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "http/server/served.h"

namespace livery::http {
namespace {

using namespace std::chrono_literals;
using testing::BodyOf;
using testing::Echo;
using testing::Get;
using testing::kClose;
using testing::RawClient;
using testing::Served;
using testing::StatusOf;

// All headers the handler saw, one a line.
Response EchoHeaders(Request&& request) {
    std::string text;
    for (const auto& [name, value] : request.headers) text += name + "=" + value + "\n";
    for (const auto& [name, value] : request.cookies) text += "cookie " + name + "=" + value + "\n";
    text += "from " + request.client_address;
    return PlainText(200, text);
}

TEST(Server, ListensOnLoopbackOnly) {
    ServerConfig config;
    for (const char* address : {"0.0.0.0", "192.0.2.1", "localhost", "[::]", ""}) {
        config.address = address;
        EXPECT_THROW(Server(config, Echo, [](const std::string&) {}), std::invalid_argument);
    }
}

TEST(Server, ServesIpv6Loopback) {
    ServerConfig config;
    config.address = "[::1]";
    Server server(config, Echo, [](const std::string&) {});
    EXPECT_GT(server.port(), 0);
}

TEST(Server, AnswersManyRequestsOnOneConnection) {
    Served server(Echo);
    RawClient client(server->port());
    for (int i = 0; i < 50; ++i) {
        client.Send(Get("/" + std::to_string(i)));
        const std::string response = client.ReadResponse();
        ASSERT_EQ(BodyOf(response), "/" + std::to_string(i));
        ASSERT_NE(response.find("Connection: keep-alive"), std::string::npos);
    }
}

TEST(Server, EveryOfManyClientsGetsItsOwnAnswers) {
    Served server(Echo);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&, i] {
            RawClient client(server->port());
            for (int n = 0; n < 25; ++n) {
                const std::string path = "/" + std::to_string(i) + "/" + std::to_string(n);
                client.Send(Get(path));
                if (BodyOf(client.ReadResponse()) != path) ++wrong;
            }
        });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(wrong, 0);
}

TEST(Server, PipelinedRequestsAreAllAnswered) {
    Served server(Echo);
    RawClient client(server->port());
    client.Send(Get("/1") + Get("/2") + Get("/3"));
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/1");
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/2");
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/3");
}

TEST(Server, ClosesWhenTheClientAsksFor) {
    Served server(Echo);
    EXPECT_EQ(BodyOf(server.Ask("GET /a HTTP/1.1\r\n" + std::string(kClose))), "/a");
    EXPECT_EQ(BodyOf(server.Ask("GET /a HTTP/1.0\r\nHost: a\r\n\r\n")), "/a");
}

TEST(Server, HeadHasNoBody) {
    Served server(Echo);
    RawClient client(server->port());
    client.Send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + Get("/next"));
    const std::string head = client.ReadResponse(true);
    EXPECT_NE(head.find("Content-Length: 4\r\n"), std::string::npos);
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/next");
}

TEST(Server, HeaderValueWithLineBreakIsRefused) {
    Served server([](Request&&) {
        Response response = PlainText(200, "x");
        response.headers.Set("Location", "/\r\nSet-Cookie: evil=1");
        return response;
    });
    const std::string response = server.Ask("GET / HTTP/1.1\r\n" + std::string(kClose));
    EXPECT_EQ(StatusOf(response), 500);
    EXPECT_EQ(response.find("evil"), std::string::npos);
}

TEST(Server, TwoContentLengthsAreRefused) {
    std::atomic<int> called{0};
    Served server([&](Request&& request) {
        ++called;
        return Echo(std::move(request));
    });
    const std::string response = server.Ask(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 40\r\n\r\n"
        "helloGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(StatusOf(response), 400);
    EXPECT_EQ(called, 0);
}

TEST(Server, ExceptionTextIsNotShown) {
    Served server([](Request&&) -> Response { throw std::runtime_error("SELECT secret"); });
    const std::string response = server.Ask("GET / HTTP/1.1\r\n" + std::string(kClose));
    EXPECT_EQ(StatusOf(response), 500);
    EXPECT_EQ(response.find("secret"), std::string::npos);
    EXPECT_NE(server.reported().find("SELECT secret"), std::string::npos);
    const std::size_t id = response.find("X-Request-Id: ") + 14;
    EXPECT_NE(server.reported().find(response.substr(id, 32)), std::string::npos)
        << "the log names the id the user sees";
}

TEST(Server, ThrownIntAnswers500AndTheProcessLives) {
    Served server([](Request&&) -> Response { throw 42; });
    RawClient client(server->port());
    for (int i = 0; i < 3; ++i) {
        client.Send(Get("/"));
        EXPECT_EQ(StatusOf(client.ReadResponse()), 500);
    }
}

TEST(Server, MalformedTypedHeadersReachTheHandlerUnchanged) {
    Served server(EchoHeaders);
    const std::string response = server.Ask(
        "GET / HTTP/1.1\r\nHost: a\r\naccept: foo\r\nCache-Control: foo=bar,,\r\nDate: never\r\n"
        "Authorization: \xff\x80\r\nContent-Type: x\r\nX-Twice: 1\r\nX-Twice: 2\r\n"
        "Connection: close\r\n\r\n");
    EXPECT_EQ(BodyOf(response),
              "Host=a\naccept=foo\nCache-Control=foo=bar,,\nDate=never\nAuthorization=\xff\x80\n"
              "Content-Type=x\nX-Twice=1\nX-Twice=2\nConnection=close\nfrom 127.0.0.1");
}

TEST(Server, DuplicateCookieHeadersAreAllRead) {
    Served server(EchoHeaders);
    const std::string body = BodyOf(
        server.Ask("GET / HTTP/1.1\r\nCookie: a=1; b=2\r\nCookie: a=3\r\n" + std::string(kClose)));
    EXPECT_NE(body.find("cookie a=1\ncookie b=2\ncookie a=3\n"), std::string::npos) << body;
}

TEST(Server, UploadOfBinaryBytesArrivesUnchanged) {
    std::string sent;
    for (int i = 0; i < 900'000; ++i) sent += static_cast<char>(i * 31 % 256);
    Served server([&](Request&& request) {
        return PlainText(200, request.body == sent ? "same" : "different");
    });
    RawClient client(server->port());
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(sent.size()) +
                "\r\n\r\n" + sent);
    EXPECT_EQ(BodyOf(client.ReadResponse()), "same");
}

TEST(Server, OversizeBodyIs413AndConnectionIsNotReused) {
    std::atomic<int> called{0};
    ServerConfig config;
    config.limits.body = 1000;
    Served server(
        [&](Request&& request) {
            ++called;
            return Echo(std::move(request));
        },
        config);
    const std::string response =
        server.Ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n" + Get("/smuggled"));
    EXPECT_EQ(StatusOf(response), 413);
    EXPECT_EQ(response.find("HTTP/1.1", 1), std::string::npos) << "one answer only";
    EXPECT_EQ(called, 0);
}

TEST(Server, AnswersExpectContinue) {
    Served server([](Request&& request) { return PlainText(200, request.body); });
    RawClient client(server->port());
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.ReadResponse(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.Send("hi");
    EXPECT_EQ(BodyOf(client.ReadResponse()), "hi");
}

TEST(Server, SlowlorisIsCut) {
    ServerConfig config;
    config.request_timeout = 700ms;
    Served server(Echo, config);
    RawClient client(server->port());
    client.Send(Get("/a"));  // not on a fresh connection only
    client.ReadResponse();
    EXPECT_TRUE(IsCutWhileDripping(client, 5s));
}

TEST(Server, SilentConnectionIsClosedAfterTheKeepAliveTime) {
    ServerConfig config;
    config.keep_alive_timeout = 600ms;
    Served server(Echo, config);
    RawClient client(server->port());
    client.Send(Get("/a"));
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/a");
    EXPECT_TRUE(client.ClosedWithin(5s));
}

TEST(Server, UnknownMethodIs4xx) {
    Served server(Echo);
    EXPECT_EQ(StatusOf(server.Ask("BREW / HTTP/1.1\r\n" + std::string(kClose))), 405);
}

TEST(Server, TooLongUrlIs414) {
    Served server(Echo);
    EXPECT_EQ(StatusOf(server.Ask("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n\r\n")), 414);
}

TEST(Server, ForgedForwardedHeadersAreIgnored) {
    ServerConfig config;
    config.front_token = "secret";
    Served server(EchoHeaders, config);
    const std::string forged = "GET / HTTP/1.1\r\nX-Forwarded-For: 203.0.113.9\r\n";
    EXPECT_EQ(BodyOf(server.Ask(forged + std::string(kClose))),
              "Host=a\nConnection=close\nfrom 127.0.0.1");
    EXPECT_EQ(BodyOf(server.Ask(forged + "X-Livery-Front: secret\r\n" + std::string(kClose))),
              "Host=a\nConnection=close\nfrom 203.0.113.9");
}

TEST(Server, SurvivesRandomBytesAndHalfRequests) {
    Served server(Echo);
    unsigned state = 1;
    for (int round = 0; round < 200; ++round) {
        std::string bytes = round % 2 == 0 ? "GET /a HTTP/1.1\r\nHost: a\r\n" : "";
        for (int i = 0; i < 200; ++i) {
            state = state * 1664525U + 1013904223U;
            bytes += static_cast<char>(state >> 24);
        }
        RawClient client(server->port());
        client.Send(bytes);
    }
    EXPECT_EQ(BodyOf(server.Ask("GET /alive HTTP/1.1\r\n" + std::string(kClose))), "/alive");
}

}  // namespace
}  // namespace livery::http
