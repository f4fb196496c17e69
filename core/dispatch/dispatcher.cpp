#include "dispatch/dispatcher.h"

#include <chrono>
#include <exception>

#include <fmt/format.h>

#include <livery/db/failure.h>

#include "dispatch/content_policy.h"
#include "dispatch/exchange.h"
#include "dispatch/static_files.h"
#include "http/request_decoder.h"
#include "log/log.h"

namespace livery::dispatch {

namespace {

using SteadyClock = std::chrono::steady_clock;

// On every answer; a page that posts elsewhere has said so itself.
void AddSecurityHeaders(Response& response, bool secure) {
    if (!response.headers.Find("Content-Security-Policy"))
        response.headers.Set("Content-Security-Policy", ContentPolicy(""));
    response.headers.Set("X-Content-Type-Options", "nosniff");
    response.headers.Set("X-Frame-Options", "DENY");
    response.headers.Set("Referrer-Policy", "same-origin");
    response.headers.Set("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.Set("Cross-Origin-Resource-Policy", "same-origin");
    response.headers.Set("Permissions-Policy",
                         "camera=(), microphone=(), geolocation=(), payment=()");
    if (secure) response.headers.Set("Strict-Transport-Security", "max-age=31536000");
}

// What a handler threw, for the log; a person sees only the request's id.
void LogFailure(const Request& request, const std::string& tenant, const std::string& route,
                const char* what) {
    log::Write(
        log::Level::kError, "request.failed",
        {{"request_id", request.request_id}, {"tenant", tenant}, {"route", route}, {"what", what}});
}

}  // namespace

Dispatcher::Dispatcher(DispatcherParts parts)
    : parts_(std::move(parts)), renderer_(parts_.nav), pages_(parts_.page_reuse_bytes) {}

bool Dispatcher::Waits(const Request& request) const {
    const auto found = parts_.routes.Find(request.method, request.path);
    const auto* const match = std::get_if<http::Router::Match>(&found);
    if (match == nullptr) return false;
    const Route& route = parts_.routes.row(match->index).route;
    return route.pace == Pace::kWaits || route.rate == RateClass::kCredential;
}

std::size_t Dispatcher::MostBody(std::string_view method, std::string_view target) const {
    const std::size_t most = http::Limits{}.body;
    const auto path = http::DecodePath(target.substr(0, target.find('?')));
    if (method != ToString(Method::kPost) || !path) return most;
    const auto found = parts_.routes.Find(Method::kPost, *path);
    const auto* const match = std::get_if<http::Router::Match>(&found);
    if (match == nullptr) return most;
    const Route& route = parts_.routes.row(match->index).route;
    return route.body == BodySize::kFiles ? kMostUploadBytes : most;
}

Response Dispatcher::Handle(const Request& request) {
    const auto begun = SteadyClock::now();
    std::string tenant = "-";
    std::string route = request.path;
    Response response;
    const auto house = parts_.houses.Current();
    const auto site = house->FindHost(request.host);
    if (request.path == "/livez") {
        response = PlainText(200, "alive\n");
    } else if (request.path == "/readyz") {
        const std::string missing = parts_.readiness();
        response = missing.empty() ? PlainText(200, "ready\n") : PlainText(503, missing + "\n");
    } else if (!site) {
        response = api::IsApiPath(request.path)
                       ? api::ProblemResponse(api::GeneralProblem(404), request.request_id)
                       : PlainText(404, "There is nothing at this address.\n");
    } else if (!parts_.static_root.empty() && request.path.starts_with("/static/")) {
        response = StaticFile(parts_.static_root, request.path.substr(8));
    } else {
        tenant = site->tenant.id.value();
        Exchange exchange(*this, request, house, site);
        try {
            response = house->Serves(*site) ? exchange.Run() : exchange.ErrorPage(503);
        } catch (const db::Unavailable& failure) {
            LogFailure(request, tenant, exchange.route(), failure.what());
            response = exchange.ErrorPage(503);
        } catch (const std::exception& failure) {
            LogFailure(request, tenant, exchange.route(), failure.what());
            response = exchange.ErrorPage(500);
        } catch (...) {
            LogFailure(request, tenant, exchange.route(), "an exception of no known type");
            response = exchange.ErrorPage(500);
        }
        route = exchange.route();
    }
    AddSecurityHeaders(response, request.secure);
    answered_.Add(response.status);
    const auto spent =
        std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - begun);
    log::Write(log::Level::kDebug, "request",
               {{"request_id", request.request_id},
                {"tenant", tenant},
                {"method", ToString(request.method)},
                {"route", route},
                {"status", response.status},
                {"us", spent.count()}});
    return response;
}

}  // namespace livery::dispatch
