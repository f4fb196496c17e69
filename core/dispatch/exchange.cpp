#include "dispatch/exchange.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sodium.h>

#include <livery/card_number.h>
#include <livery/db/failure.h>

#include "dispatch/access_rules.h"
#include "dispatch/card_numbers.h"
#include "dispatch/content_policy.h"
#include "dispatch/csrf.h"
#include "dispatch/local_path.h"
#include "dispatch/localization.h"
#include "http/error_status.h"
#include "log/log.h"

namespace livery::dispatch {

namespace {

constexpr long kOneYear = 365L * 24 * 3600;
constexpr long kThirtyDays = 30L * 24 * 3600;
constexpr long kNoticeSeconds = 60;
constexpr long kForThisVisit = -1;

std::string RandomText() {
    std::array<unsigned char, 24> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(24, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
        text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}

bool IsKnownScheme(std::string_view scheme) {
    return scheme == "auto" || scheme == "light" || scheme == "dark";
}

bool IsDisplayChoice(const Request& request) {
    return request.path == "/preferences/display" && request.method == Method::kPost;
}

// A cookie comes from outside: only what we would have set is taken.
bool IsPlainToken(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           text.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
               std::string_view::npos;
}

}  // namespace

Exchange::Exchange(Dispatcher& dispatcher, const Request& request,
                   std::shared_ptr<const tenancy::House> house,
                   std::shared_ptr<const tenancy::Site> site)
    : dispatcher_(dispatcher),
      request_(request),
      house_(std::move(house)),
      site_(std::move(site)),
      now_(dispatcher.parts_.clock.Now()),
      // The footer's forms go to one place, from the pages of any realm.
      realm_(RealmOf(IsDisplayChoice(request) ? request.form.Get("return_to") : request.path)) {}

Cookie Exchange::SessionCookieName() const {
    return realm_ == Realm::kConsole ? Cookie::kStaffSession : Cookie::kSession;
}

void Exchange::LoadSession() {
    const std::string_view token = CookieValue(request_, SessionCookieName());
    if (IsPlainToken(token)) session_ = dispatcher_.parts_.sessions.Find(site_->tenant.id, token);
    if (session_ && session_->realm != realm_) session_.reset();
    PrepareFormat();
}

// Language, time zone and colours: the person's own choice before the browser's, and that before
// the tenant's.
void Exchange::PrepareFormat() {
    const Visitor* visitor = session_ ? &session_->visitor : nullptr;
    std::string chosen(CookieValue(request_, Cookie::kLocale));
    std::string scheme(CookieValue(request_, Cookie::kScheme));
    std::string zone = site_->tenant.time_zone;
    if (visitor != nullptr) {
        if (!visitor->language.empty()) chosen = visitor->language;
        if (!visitor->color_scheme.empty()) scheme = visitor->color_scheme;
        if (!visitor->time_zone.empty()) zone = visitor->time_zone;
    }
    const auto accept = request_.headers.Find("Accept-Language").value_or("");
    const std::string locale = ChooseLocale(site_->tenant.locales, chosen, accept);
    color_scheme_ = IsKnownScheme(scheme) ? scheme : "auto";
    format_.emplace(locale, zone,
                    house_->templates->TextsOf("", locale.substr(0, locale.find('-'))),
                    house_->templates->strict() ? view::IcuFormatter::Missing::kThrow
                                                : view::IcuFormatter::Missing::kShowKey);
}

// What time it is for a tenant with a test clock must be asked, and asking may fail.
Response Exchange::Run() {
    if (site_->tenant.HasTestClock()) now_ = dispatcher_.parts_.tenant_time.Now(site_->tenant);
    Response response = Route();
    Finish(response);
    return response;
}

Response Exchange::Route() {
    if (IsDisplayChoice(request_)) {
        route_name_ = request_.path;
        LoadSession();
        if (auto refused = CheckStateChange()) return std::move(*refused);
        return ChooseDisplay();
    }
    if (request_.path == "/api/v1/openapi.json" && IsSafe(request_.method)) {
        Response response;
        response.content_type = "application/json";
        response.body = dispatcher_.parts_.open_api;
        return response;
    }
    const auto outcome = dispatcher_.parts_.routes.Find(request_.method, request_.path);
    if (const auto* match = std::get_if<http::Router::Match>(&outcome)) {
        const RouteTable::Row& row = dispatcher_.parts_.routes.row(match->index);
        if (dispatcher_.parts_.routes.Serves(site_->tenant, row)) {
            if (IsLookedAt(row.route, request_) && HoldsCardNumber(request_))
                return RefuseCardNumber(row);
            return row.route.operation ? RunOperation(row, match->path_params)
                                       : RunRoute(row, match->path_params);
        }
    }
    if (const auto* wrong = std::get_if<http::Router::MethodNotAllowed>(&outcome)) {
        Response response =
            request_.method == Method::kOptions ? PlainText(204, "") : ErrorPage(405);
        response.headers.Set("Allow", http::AllowHeader(wrong->allowed));
        return response;
    }
    LoadSession();
    return ErrorPage(404);
}

// Before anybody has read it: it stands in no page that is shown again, no answer, no table.
Response Exchange::RefuseCardNumber(const RouteTable::Row& row) {
    route_name_ = row.route.pattern;
    log::Write(log::Level::kWarn, "request.refused",
               {{"request_id", request_.request_id},
                {"tenant", site_->tenant.id.value()},
                {"reason", "the number of a card"}});
    if (row.route.operation)
        return api::ProblemResponse({422, "card_number",
                                     "What was sent holds what looks like the number of a bank "
                                     "card. None is taken here; nothing "
                                     "of the request was kept."},
                                    request_.request_id);
    LoadSession();
    return ErrorPage(422, "card_number");
}

// A program has no session, no cookie and no language of its own but what it asks for.
Response Exchange::RunOperation(const RouteTable::Row& row, const Params& path) {
    route_name_ = row.route.pattern;
    PrepareFormat();
    format_.emplace(In(row.plugin));
    const RequestContext context(request_, site_->tenant, *format_, *this, path, now_, nullptr);
    const auto& texts = house_->templates->TextsOf(row.plugin, std::string(format_->language()));
    return dispatcher_.parts_.api.Answer(*row.route.operation, context,
                                         [&](const std::string& key) {
                                             const std::string* text = texts.Find(key);
                                             return text == nullptr ? std::string() : *text;
                                         });
}

std::optional<Response> Exchange::CheckAccess(const RouteTable::Row& row) {
    const bool worth_returning =
        request_.method == Method::kGet && !livery::HoldsCardNumber(request_.path) &&
        IsLocalPath(request_.path) && request_.path.find_first_of("?#&%") == std::string::npos;
    const auto elsewhere = Elsewhere(row.route.access, realm_,
                                     session_ ? std::optional(session_->stage) : std::nullopt,
                                     worth_returning ? request_.path : "");
    if (elsewhere) return SeeOther(*elsewhere);
    return CheckPermission(row);
}

bool Exchange::IsAt(Stage stage) const { return session_ && session_->stage == stage; }

std::optional<Response> Exchange::CheckPermission(const RouteTable::Row& row) {
    const std::string& wanted = row.route.permission;
    if (wanted.empty() ||
        (IsAt(Stage::kWhole) && Allows(site_->tenant.roles, session_->visitor.roles, wanted)))
        return std::nullopt;
    log::Write(log::Level::kWarn, "request.refused",
               {{"request_id", request_.request_id},
                {"tenant", site_->tenant.id.value()},
                {"reason", "permission " + wanted}});
    return ErrorPage(403, "permission");
}

std::optional<Response> Exchange::CheckStateChange() {
    const bool same_origin = ComesFromThisHost(request_);
    if (same_origin && SameToken(CsrfToken(), request_.form.Get("csrf"))) return std::nullopt;
    log::Write(log::Level::kWarn, "request.refused",
               {{"request_id", request_.request_id},
                {"tenant", site_->tenant.id.value()},
                {"reason", same_origin ? "csrf token" : "origin"}});
    return ErrorPage(403);
}

Response Exchange::RunRoute(const RouteTable::Row& row, const Params& path) {
    route_name_ = row.route.pattern;
    const bool safe = IsSafe(request_.method);
    auto& sessions = dispatcher_.parts_.sessions;
    if (row.route.rate != RateClass::kPage &&
        !sessions.Admit(site_->tenant.id, row.route.rate, request_.client_address)) {
        return ErrorPage(429);
    }
    LoadSession();
    if (auto refused = CheckAccess(row)) return std::move(*refused);
    if (!safe && row.route.access != Access::kProvesItself) {
        if (auto refused = CheckStateChange()) return std::move(*refused);
    }
    // A page of a test clock's moment is not that of the next.
    const bool reusable = !site_->tenant.HasTestClock() &&
                          row.route.reuse == Reuse::kWhileUnchanged && session_ &&
                          CookieValue(request_, Cookie::kNotice).empty();
    const std::string key = reusable ? ReuseKey() : "";
    if (reusable) {
        if (auto kept = dispatcher_.pages_.Find(key)) {
            Response response = Page("", 200);
            response.shared_body = std::move(kept);
            return response;
        }
    }
    format_.emplace(In(row.plugin));
    const RequestContext context(request_, site_->tenant, *format_, *this, path, now_,
                                 session_ ? &session_->visitor : nullptr);
    Result<Reply> reply = row.route.handler(context);
    if (!reply) {
        log::Write(log::Level::kInfo, "request.error",
                   {{"request_id", request_.request_id}, {"reason", reply.error().message}});
        const ErrorCode code = reply.error().code;
        return ErrorPage(http::StatusOf(code), code == ErrorCode::kForbidden ? "permission" : "");
    }
    Response response = ToResponse(row, std::move(*reply));
    if (reusable && response.status == 200) {
        response.shared_body = std::make_shared<const std::string>(std::move(response.body));
        dispatcher_.pages_.Keep(key, response.shared_body);
    }
    return response;
}

Response Exchange::ToResponse(const RouteTable::Row& row, Reply reply) {
    if (auto* view = std::get_if<View>(&reply)) {
        if (view->session) KeepSession(*view->session);
        return Show(row.plugin, *view);
    }
    if (auto* response = std::get_if<Response>(&reply)) return std::move(*response);
    const auto& redirect = std::get<Redirect>(reply);
    if (redirect.session) KeepSession(*redirect.session);
    if (!redirect.notice.empty())
        AddCookie(Cookie::kNotice, row.plugin + ":" + redirect.notice, kNoticeSeconds);
    return SeeOther(redirect.location);
}

void Exchange::KeepSession(const SessionCookie& session) {
    const long age = session.token.empty() ? 0 : (session.remember ? kThirtyDays : kForThisVisit);
    AddCookie(SessionCookieName(), session.token, age);
}

PageFrame Exchange::Frame() {
    return {request_,    *house_,       *site_,       *format_, session_ ? &*session_ : nullptr,
            CsrfToken(), color_scheme_, TakeNotice(), now_};
}

Response Exchange::Show(const std::string& plugin, const View& view) {
    Response page = Page(dispatcher_.renderer_.Render(Frame(), plugin, view), view.status);
    if (!view.goes_on_to.empty()) page.headers.Set("Refresh", "0; url=" + view.goes_on_to);
    if (!view.posts_to.empty())
        page.headers.Set("Content-Security-Policy", ContentPolicy(view.posts_to));
    return page;
}

Response Exchange::Page(std::string body, int status) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.headers.Set("Cache-Control", "no-store");
    return response;
}

Response Exchange::ErrorPage(int status, std::string_view why) {
    if (api::IsApiPath(request_.path))
        return api::ProblemResponse(api::GeneralProblem(status), request_.request_id);
    if (!format_) PrepareFormat();  // refused, or failed, before the session was read
    const std::string number = std::to_string(status == 409 || status == 422 ? 400 : status);
    const std::string key = fmt::format("error.{}", why.empty() ? number : why);
    const view::IcuFormatter own = In("");
    View view{"error", own.Text(key + ".title"), {}, status, {}};
    view.model.Set("error_status", std::to_string(status))
        .Set("error_title", own.Text(key + ".title"))
        .Set("error_text", own.Text(key + ".text"))
        .Set("error_icon", status == 404   ? "map-pin"
                           : status == 403 ? "lock"
                                           : "circle-alert");
    Response response = Show("", view);
    if (status == 429 || status == 503) response.headers.Set("Retry-After", "30");
    return response;
}

view::IcuFormatter Exchange::In(const std::string& plugin) const {
    return format_->With(house_->templates->TextsOf(plugin, std::string(format_->language())));
}

std::unique_ptr<const Formatter> Exchange::FormatterOf(const std::string& plugin) const {
    return std::make_unique<view::IcuFormatter>(In(plugin));
}

Response Exchange::ChooseDisplay() {
    const auto& locales = site_->tenant.locales;
    const std::string wanted(request_.form.Get("language"));
    const std::string locale =
        std::find(locales.begin(), locales.end(), wanted) == locales.end() ? "" : wanted;
    const std::string_view asked = request_.form.Get("scheme");
    const std::string scheme = IsKnownScheme(asked) ? std::string(asked) : "";
    if (IsAt(Stage::kWhole)) {
        dispatcher_.parts_.sessions.ChooseDisplay(site_->tenant.id, session_->visitor, locale,
                                                  scheme);
    } else {
        if (!locale.empty()) AddCookie(Cookie::kLocale, locale, kOneYear);
        if (!scheme.empty()) AddCookie(Cookie::kScheme, scheme, kOneYear);
    }
    return SeeOther(LocalPathOr(request_.form.Get("return_to"), HomeOf(realm_)));
}

std::string Exchange::CsrfToken() {
    if (session_) return session_->csrf_token;
    if (form_cookie_.empty()) {
        form_cookie_ = CookieValue(request_, Cookie::kForm);
        if (!IsPlainToken(form_cookie_)) {
            form_cookie_ = RandomText();
            AddCookie(Cookie::kForm, form_cookie_, kForThisVisit);
        }
    }
    return FormToken(dispatcher_.parts_.host_key, site_->tenant.id.value(), form_cookie_);
}

std::string Exchange::TakeNotice() {
    const std::string_view value = CookieValue(request_, Cookie::kNotice);
    if (value.empty()) return "";
    AddCookie(Cookie::kNotice, "", 0);
    const auto colon = value.find(':');
    if (colon == std::string_view::npos) return "";
    const std::string plugin(value.substr(0, colon));
    if (!site_->tenant.Enables(plugin)) return "";
    // Only texts that are meant as notices: the cookie could be forged to show any other.
    const std::string key(value.substr(colon + 1));
    if (!key.starts_with("notice.")) return "";
    const std::string* text =
        house_->templates->TextsOf(plugin, std::string(format_->language())).Find(key);
    return text == nullptr ? "" : *text;
}

// All that a page can depend on: who, which data, which configuration, which address, how shown,
// and which day it is for the person.
std::string Exchange::ReuseKey() const {
    std::string key(session_->visitor.session.uuid().AsBinary());
    key += fmt::format("|{}|{}|{}|{}|{}|{}|{}", site_->tenant.id.value(), session_->data_version,
                       house_->revision, format_->locale(), color_scheme_,
                       format_->DayOf(now_).time_since_epoch().count(), request_.raw_target);
    return key;
}

void Exchange::AddCookie(Cookie cookie, std::string_view value, long max_age) {
    cookies_.push_back(SetCookie(cookie, value, max_age, request_.secure));
}

void Exchange::Finish(Response& response) const {
    for (const std::string& cookie : cookies_) response.headers.Add("Set-Cookie", cookie);
    if (response.status == 303 && !response.headers.Find("Cache-Control"))
        response.headers.Set("Cache-Control", "no-store");
}

}  // namespace livery::dispatch
