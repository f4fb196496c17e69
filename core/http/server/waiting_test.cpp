// Answers that take long: who waits for somebody, who goes away meanwhile, and the end of a server.

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "http/server/served.h"

namespace livery::http {
namespace {

using namespace std::chrono_literals;
using testing::BodyOf;
using testing::Echo;
using testing::Get;
using testing::RawClient;
using testing::Served;
using testing::StatusOf;

// Those that ask for /wait wait until Release; they come from `threads` threads of their own.
class SlowlyServed {
 public:
    explicit SlowlyServed(ServerConfig config = {}) : server_(Handling(), Patient(config)) {}
    ~SlowlyServed() { Release(); }
    Served& operator*() { return server_; }
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
    Served server_;
};

TEST(Waiting, WhoWaitsForSomebodyHoldsUpNoOtherConnection) {
    SlowlyServed server;
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

TEST(Waiting, WhoWaitedGetsItsAnswerWholeAndTheConnectionIsClosed) {
    SlowlyServed server;
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

TEST(Waiting, WhoWaitsBehindAnAnswerThatIsBeingWrittenDoesNotCutIt) {
    SlowlyServed server;
    RawClient client(server->port());
    client.Send(Get("/much") + Get("/wait/much"));
    server.WaitUntilInside(1);
    server.Release();
    EXPECT_EQ(BodyOf(client.ReadResponse()).size(), 5'000'005U);
    EXPECT_EQ(BodyOf(client.ReadResponse()).size(), 5'000'010U);
}

TEST(Waiting, WhoWaitsLongerThanSilenceIsAllowedIsAnswered) {
    ServerConfig config;
    config.keep_alive_timeout = 600ms;
    config.request_timeout = 600ms;
    SlowlyServed server(config);
    auto waiting = server.Wait(1);
    server.WaitUntilInside(1);
    std::this_thread::sleep_for(2s);
    server.Release();
    EXPECT_EQ(BodyOf(waiting[0]->ReadResponse()), "/wait/0");
}

// The client's place is taken by others while it is waited for: its answer must reach none of them.
TEST(Waiting, AnswerOfWhoHasGoneReachesNobody) {
    SlowlyServed server;
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

TEST(Waiting, TooManyWhoWaitAreTurnedAwayAtOnce) {
    SlowlyServed server;
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

TEST(Waiting, DrainWaitsForWhoWaits) {
    SlowlyServed server;
    auto waiting = server.Wait(1);
    server.WaitUntilInside(1);
    auto drained = std::async(std::launch::async, [&] { return server->Drain(20s); });
    while (!server->draining()) std::this_thread::yield();
    server.Release();
    EXPECT_EQ(BodyOf(waiting[0]->ReadResponse()), "/wait/0");
    EXPECT_TRUE(drained.get());
}

TEST(Waiting, ResponseInFlightSurvivesShutdown) {
    std::promise<void> entered;
    std::promise<void> release;
    Served server([&](Request&&) {
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

TEST(Waiting, DrainedServerRefusesConnections) {
    Served server(Echo);
    EXPECT_TRUE(server->Drain(1s));
    EXPECT_THROW(RawClient again(server->port()), std::system_error);
}

TEST(Waiting, DrainSaysWhenItCutAnAnswer) {
    std::promise<void> entered;
    std::promise<void> release;
    Served server([&](Request&& request) {
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

TEST(Waiting, ClientThatGoesAwayDoesNotKeepItsRequestInFlight) {
    std::promise<void> entered;
    std::promise<void> gone;
    Served server([&](Request&&) {
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

}  // namespace
}  // namespace livery::http
