#include "metrics/endpoint.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace livery::metrics {
namespace {

int ConnectTo(const char* address, int port) {
    const int file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, address, &to.sin_addr);
    if (::connect(file, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0) return file;
    ::close(file);
    return -1;
}

std::string Scrape(int port) {
    const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
    const int file = ConnectTo("127.0.0.1", port);
    if (file < 0) return "";
    EXPECT_EQ(::send(file, request.data(), request.size(), 0),
              static_cast<ssize_t>(request.size()));
    std::string answer;
    char buffer[4096];
    for (ssize_t size = 0; (size = ::recv(file, buffer, sizeof(buffer), 0)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(size));
    ::close(file);
    return answer;
}

std::vector<Metric> Three() {
    return {{"livery_a_total", "As.", Metric::Kind::kCounter, {{{{"status", "2xx"}}, 7}}},
            {"livery_b", "Bs.", Metric::Kind::kGauge, {{{}, 2.5}}},
            {"livery_c_seconds", "Cs.", Metric::Kind::kSummary, {{{{"name", "a.b"}}, 0.25, 4}}}};
}

TEST(MetricsEndpoint, EveryKindIsServedAsText) {
    const Endpoint endpoint(0, Three);
    const std::string text = Scrape(endpoint.port());
    for (const char* line :
         {"# TYPE livery_a_total counter\nlivery_a_total{status=\"2xx\"} 7\n",
          "# HELP livery_b Bs.\n# TYPE livery_b gauge\nlivery_b 2.5\n",
          "livery_c_seconds_count{name=\"a.b\"} 4\n", "livery_c_seconds_sum{name=\"a.b\"} 0.25\n"})
        EXPECT_NE(text.find(line), std::string::npos) << "no " << line << " in " << text;
}

TEST(MetricsEndpoint, EveryScrapeAsksAgain) {
    double value = 1;
    const Endpoint endpoint(0, [&] {
        return std::vector<Metric>{{"livery_b", "Bs.", Metric::Kind::kGauge, {{{}, value++}}}};
    });
    EXPECT_NE(Scrape(endpoint.port()).find("livery_b 1\n"), std::string::npos);
    EXPECT_NE(Scrape(endpoint.port()).find("livery_b 2\n"), std::string::npos);
}

// The whole of 127.0.0.0/8 is this machine, so another address of it stands for any other one.
TEST(MetricsEndpoint, ListensOnTheOneLoopbackAddressOnly) {
    const Endpoint endpoint(0, Three);
    EXPECT_LT(ConnectTo("127.0.0.2", endpoint.port()), 0);
}

TEST(MetricsEndpoint, ATakenPortIsNamed) {
    const Endpoint first(0, Three);
    try {
        const Endpoint second(first.port(), Three);
        FAIL() << "opened twice";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find(std::to_string(first.port())), std::string::npos);
    }
}

}  // namespace
}  // namespace livery::metrics
