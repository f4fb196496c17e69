#include "http/server/server.h"

#include <atomic>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "http/testing/raw_client.h"

namespace livery::http {
namespace {

using namespace std::chrono_literals;
using testing::BodyOf;
using testing::RawClient;
using testing::StatusOf;

constexpr std::string_view kClose = "Host: a\r\nConnection: close\r\n\r\n";

std::string Get(std::string_view target) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

// A server with one handler and what it reported.
class Fixture {
 public:
    explicit Fixture(Handler handler, ServerConfig config = {}) {
        config.workers = 2;
        server_.emplace(config, std::move(handler), [this](const std::string& text) {
            const std::lock_guard lock(mutex_);
            reported_ += text + "\n";
        });
    }
    Server& operator*() { return *server_; }
    Server* operator->() { return &*server_; }
    std::string reported() {
        const std::lock_guard lock(mutex_);
        return reported_;
    }
    std::string Ask(std::string_view request) {
        return testing::Exchange(server_->port(), request);
    }

 private:
    std::mutex mutex_;  // guards reported_
    std::string reported_;
    std::optional<Server> server_;
};

Response Echo(Request&& request) { return PlainText(200, request.path); }

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
    Fixture server(Echo);
    RawClient client(server->port());
    for (int i = 0; i < 50; ++i) {
        client.Send(Get("/" + std::to_string(i)));
        const std::string response = client.ReadResponse();
        ASSERT_EQ(BodyOf(response), "/" + std::to_string(i));
        ASSERT_NE(response.find("Connection: keep-alive"), std::string::npos);
    }
}

TEST(Server, EveryOfManyClientsGetsItsOwnAnswers) {
    Fixture server(Echo);
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
    Fixture server(Echo);
    RawClient client(server->port());
    client.Send(Get("/1") + Get("/2") + Get("/3"));
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/1");
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/2");
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/3");
}

TEST(Server, ClosesWhenTheClientAsksFor) {
    Fixture server(Echo);
    EXPECT_EQ(BodyOf(server.Ask("GET /a HTTP/1.1\r\n" + std::string(kClose))), "/a");
    EXPECT_EQ(BodyOf(server.Ask("GET /a HTTP/1.0\r\nHost: a\r\n\r\n")), "/a");
}

TEST(Server, HeadHasNoBody) {
    Fixture server(Echo);
    RawClient client(server->port());
    client.Send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + Get("/next"));
    const std::string head = client.ReadResponse(true);
    EXPECT_NE(head.find("Content-Length: 4\r\n"), std::string::npos);
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/next");
}

TEST(Server, HeaderValueWithLineBreakIsRefused) {
    Fixture server([](Request&&) {
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
    Fixture server([&](Request&& request) {
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
    Fixture server([](Request&&) -> Response { throw std::runtime_error("SELECT secret"); });
    const std::string response = server.Ask("GET / HTTP/1.1\r\n" + std::string(kClose));
    EXPECT_EQ(StatusOf(response), 500);
    EXPECT_EQ(response.find("secret"), std::string::npos);
    EXPECT_NE(server.reported().find("SELECT secret"), std::string::npos);
    const std::size_t id = response.find("X-Request-Id: ") + 14;
    EXPECT_NE(server.reported().find(response.substr(id, 32)), std::string::npos)
        << "the log names the id the user sees";
}

TEST(Server, ThrownIntAnswers500AndTheProcessLives) {
    Fixture server([](Request&&) -> Response { throw 42; });
    RawClient client(server->port());
    for (int i = 0; i < 3; ++i) {
        client.Send(Get("/"));
        EXPECT_EQ(StatusOf(client.ReadResponse()), 500);
    }
}

TEST(Server, MalformedTypedHeadersReachTheHandlerUnchanged) {
    Fixture server(EchoHeaders);
    const std::string response = server.Ask(
        "GET / HTTP/1.1\r\nHost: a\r\naccept: foo\r\nCache-Control: foo=bar,,\r\nDate: never\r\n"
        "Authorization: \xff\x80\r\nContent-Type: x\r\nX-Twice: 1\r\nX-Twice: 2\r\n"
        "Connection: close\r\n\r\n");
    EXPECT_EQ(BodyOf(response),
              "Host=a\naccept=foo\nCache-Control=foo=bar,,\nDate=never\nAuthorization=\xff\x80\n"
              "Content-Type=x\nX-Twice=1\nX-Twice=2\nConnection=close\nfrom 127.0.0.1");
}

TEST(Server, DuplicateCookieHeadersAreAllRead) {
    Fixture server(EchoHeaders);
    const std::string body = BodyOf(
        server.Ask("GET / HTTP/1.1\r\nCookie: a=1; b=2\r\nCookie: a=3\r\n" + std::string(kClose)));
    EXPECT_NE(body.find("cookie a=1\ncookie b=2\ncookie a=3\n"), std::string::npos) << body;
}

TEST(Server, UploadOfBinaryBytesArrivesUnchanged) {
    std::string sent;
    for (int i = 0; i < 900'000; ++i) sent += static_cast<char>(i * 31 % 256);
    Fixture server([&](Request&& request) {
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
    Fixture server(
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
    Fixture server([](Request&& request) { return PlainText(200, request.body); });
    RawClient client(server->port());
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.ReadResponse(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.Send("hi");
    EXPECT_EQ(BodyOf(client.ReadResponse()), "hi");
}

TEST(Server, SlowlorisIsCut) {
    ServerConfig config;
    config.request_timeout = 700ms;
    Fixture server(Echo, config);
    RawClient client(server->port());
    client.Send(Get("/a"));  // not on a fresh connection only
    client.ReadResponse();
    EXPECT_TRUE(IsCutWhileDripping(client, 5s));
}

TEST(Server, SilentConnectionIsClosedAfterTheKeepAliveTime) {
    ServerConfig config;
    config.keep_alive_timeout = 600ms;
    Fixture server(Echo, config);
    RawClient client(server->port());
    client.Send(Get("/a"));
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/a");
    EXPECT_TRUE(client.ClosedWithin(5s));
}

// Those that ask for /wait wait until Release; they come from `threads` threads of their own.
class WaitingFixture {
 public:
    explicit WaitingFixture(ServerConfig config = {}) : server_(Handling(), Patient(config)) {}
    ~WaitingFixture() { Release(); }
    Fixture& operator*() { return server_; }
    Server* operator->() { return server_.operator->(); }

    std::vector<std::unique_ptr<RawClient>> Wait(int clients) {
        std::vector<std::unique_ptr<RawClient>> all;
        for (int i = 0; i < clients; ++i) {
            all.push_back(std::make_unique<RawClient>(server_->port()));
            all.back()->Send(Get("/wait/" + std::to_string(i)));
        }
        return all;
    }
    void WaitUntilInside(int count) {
        while (inside_ < count) std::this_thread::yield();
    }
    void Release() {
        if (!released_.exchange(true)) release_.set_value();
    }

 private:
    static ServerConfig Patient(ServerConfig config) {
        config.waits = [](const Request& request) { return request.path.starts_with("/wait"); };
        return config;
    }
    Handler Handling() {
        return [this](Request&& request) {
            if (request.path.starts_with("/wait")) {
                ++inside_;
                released_later_.wait();
            }
            const std::size_t size = request.path.ends_with("/much") ? 5'000'000 : 0;
            return PlainText(200, request.path + std::string(size, 'x'));
        };
    }

    std::promise<void> release_;
    std::shared_future<void> released_later_ = release_.get_future().share();
    std::atomic<bool> released_{false};
    std::atomic<int> inside_{0};
    Fixture server_;
};

TEST(Server, WhoWaitsForSomebodyHoldsUpNoOtherConnection) {
    WaitingFixture server;
    auto waiting = server.Wait(8);
    server.WaitUntilInside(8);
    // Four times as many connections as there are workers: each worker has some.
    for (int i = 0; i < 8; ++i) {
        RawClient other(server->port());
        other.Send(Get("/other"));
        ASSERT_EQ(BodyOf(other.ReadResponse()), "/other");
    }
    server.Release();
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(BodyOf(waiting[i]->ReadResponse()), "/wait/" + std::to_string(i));
}

TEST(Server, WhoWaitedGetsItsAnswerWholeAndTheConnectionIsClosed) {
    WaitingFixture server;
    RawClient client(server->port());
    client.Send(Get("/first"));
    EXPECT_EQ(BodyOf(client.ReadResponse()), "/first");
    client.Send(Get("/wait/much") + Get("/never"));
    server.WaitUntilInside(1);
    client.Send(Get("/nor/this"));
    server.Release();
    const std::string response = client.ReadResponse();
    EXPECT_EQ(BodyOf(response).size(), 5'000'010U);
    EXPECT_NE(response.find("Connection: close"), std::string::npos);
    EXPECT_TRUE(client.ClosedWithin(5s));
}

TEST(Server, WhoWaitsBehindAnAnswerThatIsBeingWrittenDoesNotCutIt) {
    WaitingFixture server;
    RawClient client(server->port());
    client.Send(Get("/much") + Get("/wait/much"));
    server.WaitUntilInside(1);
    server.Release();
    EXPECT_EQ(BodyOf(client.ReadResponse()).size(), 5'000'005U);
    EXPECT_EQ(BodyOf(client.ReadResponse()).size(), 5'000'010U);
}

TEST(Server, WhoWaitsLongerThanSilenceIsAllowedIsAnswered) {
    ServerConfig config;
    config.keep_alive_timeout = 600ms;
    config.request_timeout = 600ms;
    WaitingFixture server(config);
    auto waiting = server.Wait(1);
    server.WaitUntilInside(1);
    std::this_thread::sleep_for(2s);
    server.Release();
    EXPECT_EQ(BodyOf(waiting[0]->ReadResponse()), "/wait/0");
}

// The client's place is taken by others while it is waited for: its answer must reach none of them.
TEST(Server, AnswerOfWhoHasGoneReachesNobody) {
    WaitingFixture server;
    server.Wait(8);  // and gone
    server.WaitUntilInside(8);
    std::vector<std::unique_ptr<RawClient>> others;
    for (int i = 0; i < 16; ++i) {
        others.push_back(std::make_unique<RawClient>(server->port()));
        others.back()->Send(Get("/other/" + std::to_string(i)));
        ASSERT_EQ(BodyOf(others.back()->ReadResponse()), "/other/" + std::to_string(i));
    }
    server.Release();
    while (server->in_flight() > 0) std::this_thread::sleep_for(1ms);
    for (int i = 0; i < 16; ++i) {
        others[i]->Send(Get("/again/" + std::to_string(i)));
        ASSERT_EQ(BodyOf(others[i]->ReadResponse()), "/again/" + std::to_string(i));
    }
}

TEST(Server, TooManyWhoWaitAreTurnedAwayAtOnce) {
    WaitingFixture server;
    auto waiting = server.Wait(256);
    while (server->in_flight() < 256) std::this_thread::yield();
    RawClient late(server->port());
    late.Send(Get("/wait/late"));
    EXPECT_EQ(StatusOf(late.ReadResponse()), 503);
    RawClient other(server->port());
    other.Send(Get("/other"));
    EXPECT_EQ(BodyOf(other.ReadResponse()), "/other");
    server.Release();
    for (const auto& one : waiting) EXPECT_EQ(StatusOf(one->ReadResponse()), 200);
}

TEST(Server, DrainWaitsForWhoWaits) {
    WaitingFixture server;
    auto waiting = server.Wait(1);
    server.WaitUntilInside(1);
    auto drained = std::async(std::launch::async, [&] { return server->Drain(20s); });
    while (!server->draining()) std::this_thread::yield();
    server.Release();
    EXPECT_EQ(BodyOf(waiting[0]->ReadResponse()), "/wait/0");
    EXPECT_TRUE(drained.get());
}

TEST(Server, ResponseInFlightSurvivesShutdown) {
    std::promise<void> entered;
    std::promise<void> release;
    Fixture server([&](Request&&) {
        entered.set_value();
        release.get_future().wait();
        return PlainText(200, std::string(5'000'000, 'x'));
    });
    RawClient client(server->port());
    client.Send(Get("/"));
    entered.get_future().wait();
    EXPECT_EQ(server->in_flight() > 0, true);
    auto drained = std::async(std::launch::async, [&] { return server->Drain(20s); });
    while (!server->draining()) std::this_thread::yield();
    release.set_value();
    const std::string response = client.ReadResponse();
    EXPECT_EQ(BodyOf(response).size(), 5'000'000U);
    EXPECT_NE(response.find("Connection: close"), std::string::npos);
    EXPECT_TRUE(drained.get());
    EXPECT_EQ(server->in_flight(), 0);
}

TEST(Server, DrainedServerRefusesConnections) {
    Fixture server(Echo);
    EXPECT_TRUE(server->Drain(1s));
    EXPECT_THROW(RawClient again(server->port()), std::system_error);
}

TEST(Server, DrainSaysWhenItCutAnAnswer) {
    std::promise<void> entered;
    std::promise<void> release;
    Fixture server([&](Request&& request) {
        entered.set_value();
        release.get_future().wait();
        return Echo(std::move(request));
    });
    RawClient client(server->port());
    client.Send(Get("/"));
    entered.get_future().wait();
    std::thread later([&] {
        while (!server->draining()) std::this_thread::yield();
        std::this_thread::sleep_for(100ms);
        release.set_value();
    });
    EXPECT_FALSE(server->Drain(10ms));
    later.join();
}

TEST(Server, ClientThatGoesAwayDoesNotKeepItsRequestInFlight) {
    std::promise<void> entered;
    std::promise<void> gone;
    Fixture server([&](Request&&) {
        entered.set_value();
        gone.get_future().wait();
        return PlainText(200, std::string(5'000'000, 'x'));
    });
    {
        RawClient client(server->port());
        client.Send(Get("/"));
        entered.get_future().wait();
    }
    gone.set_value();
    for (int i = 0; i < 1000 && server->in_flight() > 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(server->in_flight(), 0);
}

TEST(Server, UnknownMethodIs4xx) {
    Fixture server(Echo);
    EXPECT_EQ(StatusOf(server.Ask("BREW / HTTP/1.1\r\n" + std::string(kClose))), 405);
}

TEST(Server, TooLongUrlIs414) {
    Fixture server(Echo);
    EXPECT_EQ(StatusOf(server.Ask("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n\r\n")), 414);
}

TEST(Server, ForgedForwardedHeadersAreIgnored) {
    ServerConfig config;
    config.front_token = "secret";
    Fixture server(EchoHeaders, config);
    const std::string forged = "GET / HTTP/1.1\r\nX-Forwarded-For: 203.0.113.9\r\n";
    EXPECT_EQ(BodyOf(server.Ask(forged + std::string(kClose))),
              "Host=a\nConnection=close\nfrom 127.0.0.1");
    EXPECT_EQ(BodyOf(server.Ask(forged + "X-Livery-Front: secret\r\n" + std::string(kClose))),
              "Host=a\nConnection=close\nfrom 203.0.113.9");
}

TEST(Server, SurvivesRandomBytesAndHalfRequests) {
    Fixture server(Echo);
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
