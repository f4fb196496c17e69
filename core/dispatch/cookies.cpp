#include "dispatch/cookies.h"

#include <fmt/format.h>

namespace livery::dispatch {

namespace {

std::string_view BaseName(Cookie cookie) {
    switch (cookie) {
        case Cookie::kSession:
            return "session";
        case Cookie::kStaffSession:
            return "staff_session";
        case Cookie::kForm:
            return "form";
        case Cookie::kNotice:
            return "notice";
        case Cookie::kLocale:
            return "locale";
        case Cookie::kScheme:
            return "scheme";
    }
    return "";
}

}  // namespace

std::string CookieName(Cookie cookie, bool secure) {
    return fmt::format("{}{}", secure ? "__Host-" : "", BaseName(cookie));
}

std::string_view CookieValue(const Request& request, Cookie cookie) {
    return request.cookies.Get(CookieName(cookie, request.secure));
}

std::string SetCookie(Cookie cookie, std::string_view value, long max_age_seconds, bool secure) {
    std::string text =
        fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax", CookieName(cookie, secure), value);
    if (max_age_seconds >= 0) text += fmt::format("; Max-Age={}", max_age_seconds);
    if (secure) text += "; Secure";
    return text;
}

}  // namespace livery::dispatch
