#pragma once

#include <string>
#include <string_view>

#include <livery/http/request.h>

namespace livery::dispatch {

// The cookies of portal and console. Over TLS their names begin with `__Host-`, so that neither
// another path, nor a subdomain, nor plain HTTP can set them. All are HttpOnly and SameSite=Lax.
enum class Cookie {
    kSession,       // the opaque session token
    kStaffSession,  // the same of the console: one browser can hold both
    kForm,          // ties forms of people who are not signed in to their browser
    kNotice,        // a text to show once
    kLocale,        // display choices of people who are not signed in
    kScheme,
};

std::string CookieName(Cookie cookie, bool secure);
std::string_view CookieValue(const Request& request, Cookie cookie);
// A Set-Cookie value; max_age 0 forgets it, negative: until the browser closes. `value` holds no
// character that a cookie cannot (RFC 6265 section 4.1.1).
std::string SetCookie(Cookie cookie, std::string_view value, long max_age_seconds, bool secure);

}  // namespace livery::dispatch
