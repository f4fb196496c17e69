#pragma once

#include <optional>
#include <string>

#include <livery/realm.h>

#include "dispatch/cookies.h"
#include "dispatch/dispatcher.h"

namespace livery::dispatch {

// The life of one request inside a tenant; made on the worker's stack by Dispatcher::Handle.
class Exchange final : public FormatterSource {
 public:
    Exchange(Dispatcher& dispatcher, const Request& request,
             std::shared_ptr<const tenancy::House> house,
             std::shared_ptr<const tenancy::Site> site);

    Response Run();
    // A branded error page, whatever went wrong. Never throws for lack of a session.
    // `why`: words of its own, `error.<why>`, instead of the status'.
    Response ErrorPage(int status, std::string_view why = {});
    const std::string& route() const { return route_name_; }
    std::unique_ptr<const Formatter> FormatterOf(const std::string& plugin) const override;

 private:
    Response Route();
    Response RunOperation(const RouteTable::Row& row, const Params& path);
    Response RefuseCardNumber(const RouteTable::Row& row);
    Response RunRoute(const RouteTable::Row& row, const Params& path);
    std::optional<Response> CheckAccess(const RouteTable::Row& row);
    std::optional<Response> CheckPermission(const RouteTable::Row& row);
    bool IsAt(Stage stage) const;
    std::optional<Response> CheckStateChange();
    Response ChooseDisplay();
    void KeepSession(const SessionCookie& session);
    Response ToResponse(const RouteTable::Row& row, Reply reply);
    Response Show(const std::string& plugin, const View& view);
    Response Page(std::string body, int status);
    void LoadSession();
    Cookie SessionCookieName() const;
    void PrepareFormat();
    view::IcuFormatter In(const std::string& plugin) const;
    PageFrame Frame();
    std::string TakeNotice();
    std::string ReuseKey() const;
    std::string CsrfToken();
    void AddCookie(Cookie cookie, std::string_view value, long max_age);
    void Finish(Response& response) const;

    Dispatcher& dispatcher_;
    const Request& request_;
    std::shared_ptr<const tenancy::House> house_;
    std::shared_ptr<const tenancy::Site> site_;
    Instant now_;
    Realm realm_;  // whose pages these are
    std::optional<SessionState> session_;
    std::optional<view::IcuFormatter> format_;
    std::string color_scheme_ = "auto";
    std::string form_cookie_;
    std::string route_name_ = "none";
    std::vector<std::string> cookies_;
};

}  // namespace livery::dispatch
