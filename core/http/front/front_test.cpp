#include "http/front/front.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/server/server.h"
#include "http/testing/raw_client.h"

namespace livery::http {
namespace {

using namespace std::chrono_literals;
using testing::BodyOf;
using testing::RawClient;
using testing::StatusOf;

namespace fs = std::filesystem;

constexpr std::string_view kClose = "Host: shop.example\r\nConnection: close\r\n\r\n";

// Below what the kernel hands out for outgoing connections: those may take it before it is listened
// on.
int FreePort() {
    std::random_device random;
    std::uniform_int_distribution<int> ports(12000, 17999);
    for (int tries = 0; tries < 100; ++tries) {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        const int port = ports(random);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        const bool is_free =
            ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        if (is_free) return port;
    }
    throw std::runtime_error("no port is free");
}

std::string ReadFile(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

bool Eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 1000; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

// A real front before a real server with two workers.
class Site {
 public:
    explicit Site(Handler handler, const std::function<void(FrontConfig&)>& change = {}) {
        std::string name = (fs::temp_directory_path() / "front-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        ::chmod(folder_.c_str(), 0755);
        fs::create_directories(folder_ / "static/sub");
        std::ofstream(folder_ / "static/app.css") << std::string(5000, 'a');
        ServerConfig server;
        server.workers = 2;
        server.front_token = "test-secret";
        server.limits.body = 2 * 1024 * 1024;
        server_.emplace(server, std::move(handler), [](const std::string&) {});
        config_.folder = folder_ / "front";
        config_.port = FreePort();
        config_.app_port = server_->port();
        config_.token = "test-secret";
        config_.static_root = folder_ / "static";
        config_.max_body = 1024 * 1024;
        if (change) change(config_);
        front_.emplace(config_, [](const std::string&) {});
    }
    ~Site() {
        front_.reset();
        server_.reset();
        fs::remove_all(folder_);
    }
    std::string Ask(std::string_view request) { return testing::Exchange(port(), request); }
    std::string Get(std::string_view target, std::string_view headers = "") {
        return Ask("GET " + std::string(target) + " HTTP/1.1\r\n" + std::string(headers) +
                   std::string(kClose));
    }
    int port() const { return config_.port; }
    Front& front() { return *front_; }
    Server& server() { return *server_; }
    const FrontConfig& config() const { return config_; }
    const fs::path& folder() const { return folder_; }

 private:
    fs::path folder_;
    FrontConfig config_;
    std::optional<Server> server_;
    std::optional<Front> front_;
};

Response Echo(Request&& request) {
    std::string text = request.path + "\nfrom " + request.client_address + "\nhost " +
                       request.host + ":" + std::to_string(request.port) + "\nid " +
                       request.request_id + "\n" + (request.secure ? "secure\n" : "plain\n");
    for (const auto& [name, value] : request.headers) text += name + "=" + value + "\n";
    for (const auto& [name, value] : request.cookies) text += "cookie " + name + "=" + value + "\n";
    return PlainText(200, text);
}

TEST(Front, PassesARequestAndItsAnswer) {
    Site site(Echo);
    const std::string body =
        BodyOf(site.Get("/caf%C3%A9", "Cookie: a=1\r\nCookie: a=2\r\nAccept: foo\r\n"));
    EXPECT_TRUE(body.starts_with("/café\nfrom 127.0.0.1\nhost shop.example:0\n")) << body;
    EXPECT_NE(body.find("cookie a=1\ncookie a=2\n"), std::string::npos) << body;
}

TEST(Front, AcceptFooReachesTheHandlerUnchanged) {
    Site site(Echo);
    const std::string body =
        BodyOf(site.Get("/",
                        "Accept: foo\r\nCache-Control: foo=bar,,\r\nDate: never\r\nX-Twice: 1\r\n"
                        "X-Twice: 2\r\n"));
    for (const char* line :
         {"Accept=foo\n", "Cache-Control=foo=bar,,\n", "Date=never\n", "X-Twice=1\nX-Twice=2\n"}) {
        EXPECT_NE(body.find(line), std::string::npos) << line << " in " << body;
    }
}

TEST(Front, ForgedForwardedHeadersAreIgnored) {
    Site site(Echo);
    const std::string body = BodyOf(site.Get(
        "/",
        "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Request-Id: forged\r\n"
        "X-Livery-Front: test-secret\r\nX-Livery-Other: 1\r\nX-Forwarded-Host: evil\r\n"));
    EXPECT_NE(body.find("from 127.0.0.1\n"), std::string::npos);
    EXPECT_NE(body.find("plain\n"), std::string::npos);
    EXPECT_EQ(body.find("forged"), std::string::npos);
    EXPECT_EQ(body.find("X-Livery"), std::string::npos);
    EXPECT_EQ(body.find("evil"), std::string::npos);
}

TEST(Front, LogsTheRequestIdThatTheHandlerSawAndNoQuery) {
    Site site(Echo);
    const std::string body = BodyOf(site.Get("/reset?token=hidden"));
    const std::size_t at = body.find("\nid ") + 4;
    const std::string id = body.substr(at, body.find('\n', at) - at);
    const fs::path log = site.folder() / "front/access.log";
    ASSERT_TRUE(Eventually([&] { return ReadFile(log).find(id) != std::string::npos; }));
    EXPECT_NE(ReadFile(log).find("\"path\":\"/reset\""), std::string::npos);
    EXPECT_EQ(ReadFile(log).find("hidden"), std::string::npos);
}

TEST(Front, ServesStaticFilesToKeepForever) {
    Site site(Echo);
    const std::string response = site.Get("/static/app.css");
    EXPECT_EQ(StatusOf(response), 200);
    EXPECT_EQ(BodyOf(response).size(), 5000U);
    EXPECT_NE(response.find("Content-Type: text/css"), std::string::npos);
    EXPECT_NE(response.find("immutable"), std::string::npos);
    EXPECT_NE(response.find("X-Content-Type-Options: nosniff"), std::string::npos);
    EXPECT_NE(site.Get("/static/app.css", "Accept-Encoding: gzip\r\n").find("Encoding: gzip"),
              std::string::npos);
    EXPECT_EQ(StatusOf(site.Get("/static/none.css")), 404);
    EXPECT_EQ(StatusOf(site.Get("/static/sub/")), 403);
    EXPECT_NE(StatusOf(site.Get("/static/../front/nginx.conf")), 200);
    EXPECT_NE(StatusOf(site.Get("/static/%2e%2e/front/nginx.conf")), 200);
    EXPECT_NE(StatusOf(site.Get("/static../front/nginx.conf")), 0);
    EXPECT_EQ(site.Get("/static../front/nginx.conf").find("worker_processes"), std::string::npos);
}

TEST(Front, DoesNotCompressPagesUnlessToldTo) {
    const Handler large = [](Request&&) {
        Response response = PlainText(200, std::string(5000, 'a'));
        response.content_type = "text/html; charset=utf-8";
        return response;
    };
    const auto compressed = [&](bool setting) {
        Site site(large, [&](FrontConfig& config) { config.gzip_pages = setting; });
        return site.Get("/", "Accept-Encoding: gzip\r\n").find("Content-Encoding: gzip") !=
               std::string::npos;
    };
    EXPECT_FALSE(compressed(false));
    EXPECT_TRUE(compressed(true));
}

// Status and generic text of an answer that the front makes itself.
void ExpectFrontPage(const std::string& response, int status) {
    EXPECT_EQ(StatusOf(response), status);
    EXPECT_FALSE(BodyOf(response).empty());
    EXPECT_LT(BodyOf(response).size(), 200U);
    EXPECT_EQ(BodyOf(response).find("nginx"), std::string::npos) << response;
}

TEST(Front, AnswersItsOwnErrorsWithoutANameInThem) {
    Site site(Echo);
    ExpectFrontPage(site.Ask("GARBAGE\r\n\r\n"), 400);
    ExpectFrontPage(site.Ask("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
    ExpectFrontPage(site.Ask("GET / HTTP/1.1\r\n\r\n"), 400);
    ExpectFrontPage(site.Ask("TRACE / HTTP/1.1\r\n" + std::string(kClose)), 405);
    ExpectFrontPage(site.Get("/static/none"), 404);
    ExpectFrontPage(site.Get("/", "X: " + std::string(9000, 'a') + "\r\n"), 431);
    site.server().Drain(1s);
    ExpectFrontPage(site.Get("/"), 502);
}

TEST(Front, AnswersASlowPageWith504) {
    std::promise<void> release;
    Site site(
        [&](Request&& request) {
            release.get_future().wait();
            return Echo(std::move(request));
        },
        [](FrontConfig& config) { config.page_timeout = 1s; });
    ExpectFrontPage(site.Get("/"), 504);
    release.set_value();
}

TEST(Front, TooLongUrlIs414) {
    Site site(Echo);
    ExpectFrontPage(site.Get("/" + std::string(9000, 'a')), 414);
}

TEST(Front, OversizeBodyIs413AndConnectionIsNotReused) {
    std::atomic<int> called{0};
    Site site([&](Request&& request) {
        ++called;
        return Echo(std::move(request));
    });
    const std::string response = site.Ask(
        "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1048577\r\n\r\n"
        "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    ExpectFrontPage(response.substr(0, response.find("HTTP/1.1", 1)), 413);
    EXPECT_EQ(response.find("HTTP/1.1", 1), std::string::npos);
    EXPECT_EQ(called, 0);
}

TEST(Front, OnlyAnAddressThatTakesFilesGetsALargerBody) {
    Site site([](Request&& request) { return PlainText(200, std::to_string(request.body.size())); },
              [](FrontConfig& config) {
                  config.max_body = 1000;
                  config.uploads = {{"/files/:id/add"}, 50'000};
              });
    const auto post = [&](const std::string& target, std::size_t size) {
        return site.Ask("POST " + target + " HTTP/1.1\r\nContent-Length: " + std::to_string(size) +
                        "\r\n" + std::string(kClose) + std::string(size, 'x'));
    };
    EXPECT_EQ(BodyOf(post("/files/7/add", 50'000)), "50000");
    EXPECT_EQ(BodyOf(post("/files/%37/add/?x=1", 50'000)), "50000");
    ExpectFrontPage(post("/files/7/add", 50'001), 413);
    for (const char* other : {"/files/7/8/add", "/files/add", "/x/files/7/add", "/files/7/add/x"})
        ExpectFrontPage(post(other, 1001), 413);
}

TEST(Front, AnUploadThatFindsNoRoomIsToldSo) {
    Site site(Echo, [](FrontConfig& config) { config.uploads = {{"/add"}, 5'000'000}; });
    const auto post = [&](const char* target, std::size_t size) {
        return site.Ask("POST " + std::string(target) +
                        " HTTP/1.1\r\nContent-Length: " + std::to_string(size) + "\r\n" +
                        std::string(kClose) + std::string(size, 'x'));
    };
    const fs::path waiting = site.folder() / "front/temp/client_body";
    fs::remove_all(waiting);
    std::ofstream(waiting) << "nothing can be written below a file";
    ExpectFrontPage(post("/add", 3'000'000), 507);
    ExpectFrontPage(post("/other", 900'000), 500);
    EXPECT_EQ(StatusOf(post("/add", 400'000)), 200) << "what fits into memory comes through";
    fs::remove(waiting);
}

TEST(Front, TwoContentLengthsAreRefused) {
    Site site(Echo);
    ExpectFrontPage(site.Ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                             "Content-Length: 2\r\n\r\nab"),
                    400);
    ExpectFrontPage(site.Ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                             "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                    400);
}

TEST(Front, EncodedDotsAreRefused) {
    Site site(Echo);
    EXPECT_EQ(StatusOf(site.Get("/a/%2e%2e/b")), 400);
    EXPECT_EQ(StatusOf(site.Get("/a/..%2fb")), 400);
    EXPECT_EQ(StatusOf(site.Get("/../etc")), 400);
}

TEST(Front, UnknownMethodIs4xx) {
    Site site(Echo);
    const int status = StatusOf(site.Ask("BREW / HTTP/1.1\r\n" + std::string(kClose)));
    EXPECT_TRUE(status >= 400 && status < 500) << status;
}

TEST(Front, PipelinedRequestsAreAllAnswered) {
    Site site(Echo);
    RawClient client(site.port());
    std::string requests;
    for (const char* path : {"/1", "/2", "/3"}) {
        requests += "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    client.Send(requests);
    for (const char* path : {"/1\n", "/2\n", "/3\n"}) {
        EXPECT_TRUE(BodyOf(client.ReadResponse()).starts_with(path));
    }
}

TEST(Front, ChunkedUploadOfBinaryBytesArrivesUnchanged) {
    std::string sent;
    for (int i = 0; i < 300'000; ++i) sent += static_cast<char>(i * 31 % 256);
    Site site([&](Request&& request) {
        return PlainText(200, request.body == sent ? "same" : "different");
    });
    std::string request = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + std::string(kClose);
    for (std::size_t at = 0; at < sent.size(); at += 0x1000) {
        const std::string chunk = sent.substr(at, 0x1000);
        std::ostringstream size;
        size << std::hex << chunk.size();
        request += size.str() + "\r\n" + chunk + "\r\n";
    }
    EXPECT_EQ(BodyOf(site.Ask(request + "0\r\n\r\n")), "same");
}

TEST(Front, HeadHasNoBody) {
    Site site(Echo);
    RawClient client(site.port());
    client.Send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(StatusOf(client.ReadResponse(true)), 200);
    EXPECT_TRUE(BodyOf(client.ReadResponse()).starts_with("/next\n"));
}

double ProcessorSeconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

TEST(Front, SlowReaderDoesNotFreezeAWorker) {
    Site site([](Request&& request) {
        // NOLINTNEXTLINE(bugprone-string-constructor): large is what it is for
        return PlainText(200, request.path == "/large" ? std::string(20'000'000, 'x') : "small");
    });
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 5; ++i) {  // two for each worker, and one that reads later
        slow.push_back(std::make_unique<RawClient>(site.port()));
        if (i > 0) slow.back()->ShrinkReceiveBuffer();
        slow.back()->Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    for (int i = 0; i < 20; ++i) EXPECT_EQ(BodyOf(site.Get("/small")), "small");
    EXPECT_TRUE(Eventually([&] { return site.server().in_flight() == 0; }))
        << "the front took the answers off the server";
    const double before = ProcessorSeconds();
    std::this_thread::sleep_for(500ms);
    EXPECT_LT(ProcessorSeconds() - before, 0.25) << "a worker spins";
    EXPECT_EQ(BodyOf(slow[0]->ReadResponse()).size(), 20'000'000U);
}

TEST(Front, SlowlorisIsCut) {
    Site site(Echo, [](FrontConfig& config) { config.client_timeout = 1s; });
    RawClient client(site.port());
    client.Send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(StatusOf(client.ReadResponse()), 200);
    EXPECT_TRUE(IsCutWhileDripping(client, 10s));
}

TEST(Front, HalfABodyDoesNotReachAWorker) {
    std::atomic<int> called{0};
    Site site(
        [&](Request&& request) {
            ++called;
            return Echo(std::move(request));
        },
        [](FrontConfig& config) { config.client_timeout = 1s; });
    RawClient client(site.port());
    client.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_TRUE(client.ClosedWithin(10s));
    EXPECT_EQ(called, 0);
}

TEST(Front, ReloadTakesTheNewAndKeepsTheOldWhenTheNewIsBad) {
    Site site(Echo);
    FrontConfig bad = site.config();
    bad.tls = Tls{"127.0.0.1", FreePort(), "/no/such/cert.pem", "/no/such/key.pem"};
    const auto refused = site.front().Reload(bad);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("/no/such/cert.pem"), std::string::npos);
    EXPECT_EQ(StatusOf(site.Get("/")), 200);

    FrontConfig good = site.config();
    good.max_body = 10;
    ASSERT_TRUE(site.front().Reload(good));
    EXPECT_TRUE(Eventually([&] {
        return StatusOf(site.Ask("POST / HTTP/1.1\r\nContent-Length: 11\r\n" + std::string(kClose) +
                                 "01234567890")) == 413;
    }));
    EXPECT_EQ(site.front().restarts(), 0);
}

TEST(Front, SaysWhyItCannotListen) {
    Site site(Echo);
    FrontConfig config = site.config();
    config.folder = site.folder() / "second";
    try {
        Front second(config, [](const std::string&) {});
        FAIL() << "two on one port";
    } catch (const std::runtime_error& failure) {
        EXPECT_NE(std::string(failure.what()).find("Address already in use"), std::string::npos)
            << failure.what();
    }
}

TEST(Front, IsStartedAgainWhenItDies) {
    Site site(Echo);
    const int pid = std::atoi(ReadFile(site.folder() / "front/nginx.pid").c_str());
    ASSERT_GT(pid, 0);
    ::kill(pid, SIGTERM);
    EXPECT_TRUE(Eventually([&] {
        try {
            return site.front().restarts() > 0 && StatusOf(site.Get("/")) == 200;
        } catch (const std::system_error&) {
            return false;
        }
    }));
}

TEST(Front, EndsTlsAndSpeaksHttp2) {
    const fs::path keys = fs::temp_directory_path() / ("front-keys-" + std::to_string(::getpid()));
    fs::create_directories(keys);
    const std::string make =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
        " -keyout " +
        (keys / "key.pem").string() + " -out " + (keys / "cert.pem").string() + " 2>/dev/null";
    ASSERT_EQ(std::system(make.c_str()), 0);
    const int port = FreePort();
    Site site(Echo, [&](FrontConfig& config) {
        config.tls = Tls{"127.0.0.1", port, keys / "cert.pem", keys / "key.pem"};
    });
    const fs::path answer = keys / "answer";
    const std::string ask = "curl -sik --http2 --max-time 10 -o " + answer.string() +
                            " https://127.0.0.1:" + std::to_string(port) + "/x";
    ASSERT_EQ(std::system(ask.c_str()), 0);
    const std::string text = ReadFile(answer);
    EXPECT_TRUE(text.starts_with("HTTP/2 200")) << text;
    EXPECT_NE(text.find("strict-transport-security: max-age=31536000"), std::string::npos);
    EXPECT_NE(text.find("secure\n"), std::string::npos);
    EXPECT_NE(text.find("host 127.0.0.1:" + std::to_string(port)), std::string::npos) << text;
    const std::string plain = site.Get("/x?y=1");
    EXPECT_EQ(StatusOf(plain), 308);
    EXPECT_NE(plain.find("Location: https://shop.example:" + std::to_string(port) + "/x?y=1\r\n"),
              std::string::npos);
    fs::remove_all(keys);
}

}  // namespace
}  // namespace livery::http
