#include "cli/serve.h"

#include <cstdio>
#include <cstdlib>
#include <thread>

#include <fmt/format.h>
#include <signal.h>

#include "cli/api_document.h"
#include "cli/demo_provider.h"
#include "cli/host_metrics.h"
#include "dispatch/dispatcher.h"
#include "http/exchange.h"
#include "http/front/front.h"
#include "http/server/server.h"
#include "jobs/daily_runs.h"
#include "jobs/recurring_runs.h"
#include "log/log.h"

namespace livery::cli {

namespace fs = std::filesystem;

namespace {

// A day of one tenant may take hours, at providers that are slow; the rounds are for what somebody
// waits for.
constexpr int kThreadsOfDays = 4;
constexpr int kThreadsOfTurns = 4;

sigset_t OurSignals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

void Log(const std::string& text) { log::Write(log::Level::kWarn, "http", {{"what", text}}); }

http::FrontConfig FrontConfigOf(const config::HostConfig& config, const std::string& token,
                                int app_port, const dispatch::RouteTable& routes) {
    http::FrontConfig front;
    front.folder = (fs::absolute(config.data_dir) / "front").string();
    front.static_root = (fs::absolute(config.data_dir) / "static").string();
    front.address = config.listen.address;
    front.port = config.listen.port;
    if (!config.listen.certificate.empty()) {
        front.tls = http::Tls{config.listen.address, config.listen.port, config.listen.certificate,
                              config.listen.key};
        front.port = config.listen.redirect_port;
    }
    front.app_port = app_port;
    front.connections_per_address = config.requests_per_address;
    front.token = token;
    front.uploads = {routes.UploadPatterns(), kMostUploadBytes};
    if (fs::exists(http::kHeadersModule)) front.headers_module = http::kHeadersModule;
    return front;
}

void Reload(OnlineHost& host) {
    const config::Problems problems = host.houses().Reload();
    if (problems.empty()) {
        LogRefused(*host.houses().Current());
        return log::Write(log::Level::kInfo, "reload.done");
    }
    for (const config::Problem& problem : problems.list()) {
        log::Write(log::Level::kError, "reload.refused", {{"problem", problem.ToString()}});
    }
}

}  // namespace

void BlockSignals() {
    const sigset_t set = OurSignals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
}

void UnblockSignals() {
    const sigset_t set = OurSignals();
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

int Serve(HostSetup setup, const ServeOptions& options) {
    const auto progress = [&](const std::string& text) {
        if (!options.quiet) fmt::print(stderr, "  {}\n", text);
    };
    std::unique_ptr<DemoProvider> provider;
    if (options.seed_demo) {
        progress("Starting the provider of play money");
        provider = std::make_unique<DemoProvider>(setup);
    }
    OnlineHost host(std::move(setup), Purpose::kServe, progress);
    if (options.seed_demo) host.SeedDemo(progress);
    const config::HostConfig& config = host.setup().config;
    const bool front_on = config.front == "embedded";
    const dispatch::RouteTable routes(host.contributions().routes);
    const api::SchemaBook schemas(host.contributions().schemas);
    api::Desk api_desk({host.database(), host.clock(), host.audit(), host.api_keys(), schemas,
                        std::getenv("LIVERY_STRICT_TEMPLATES") != nullptr});
    std::atomic<bool> draining{false};
    dispatch::Dispatcher dispatcher({routes, host.contributions().nav, host.houses(),
                                     host.identity(), host.clock(), host.tenant_time(),
                                     HostKey(host.setup()),
                                     static_cast<std::size_t>(config.page_reuse_mib) << 20U,
                                     [&] { return std::string(draining ? "draining" : ""); },
                                     api_desk, ApiDocument(host.contributions(), schemas),
                                     front_on ? "" : host.publisher().root().string()});
    http::ServerConfig server_config;
    server_config.port = front_on ? 0 : config.listen.port;
    server_config.workers = config.workers;
    server_config.waiting_threads = config.workers;
    server_config.body_limit = [&](std::string_view method, std::string_view target) {
        return dispatcher.MostBody(method, target);
    };
    server_config.waits = [&](const Request& request) { return dispatcher.Waits(request); };
    server_config.front_token = http::FreshRequestId();
    server_config.refusal_page = [](const http::Refused& refused) {
        return api::IsApiPath(refused.target)
                   ? api::ProblemResponse(api::GeneralProblem(refused.status), refused.request_id)
                   : http::PlainRefusalPage(refused);
    };
    http::Server server(
        server_config, [&](Request&& request) { return dispatcher.Handle(request); }, Log);
    std::unique_ptr<http::Front> front;
    if (front_on) {
        progress("Starting the front");
        front = std::make_unique<http::Front>(
            FrontConfigOf(config, server_config.front_token, server.port(), routes), Log);
    }
    std::unique_ptr<metrics::Endpoint> measured;
    if (config.metrics.port != 0) {
        measured = std::make_unique<metrics::Endpoint>(
            config.metrics.port, [&] { return HostMetrics(host.pool(), dispatcher.answered()); });
    }
    std::optional<jobs::TenantThreads> days;
    jobs::DailyRuns runs(host.database(), host.tenant_time(), host.contributions().daily_jobs);
    std::optional<jobs::TenantThreads> turns;
    jobs::RecurringRuns recurring(host.database(), host.contributions().recurring_jobs);
    if (config.jobs == "on") {
        days.emplace(runs.Works(), kThreadsOfDays, host.houses());
        turns.emplace(recurring.Works(host.tenant_time()), kThreadsOfTurns, host.houses());
    }
    progress(fmt::format("Ready on {}:{}", config.listen.address, config.listen.port));
    log::Write(log::Level::kInfo, "ready", {{"port", config.listen.port}});
    const sigset_t set = OurSignals();
    for (int signal = 0; ::sigwait(&set, &signal) == 0;) {
        if (signal != SIGHUP) break;
        Reload(host);
    }
    // First say so, then let the front finish what it has, then the server.
    draining = true;
    log::Write(log::Level::kInfo, "draining");
    days.reset();
    turns.reset();
    if (front) front->Stop();
    server.Drain(std::chrono::seconds(10));
    log::Write(log::Level::kInfo, "stopped");
    return 0;
}

}  // namespace livery::cli
