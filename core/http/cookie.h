#pragma once

#include <string_view>

#include <livery/http/params.h>

namespace livery::http {

// Adds the cookies of one Cookie header (RFC 6265 section 4.2) to `cookies`, in order, duplicates
// kept, values as sent (quotes included). A piece that is no cookie (no '=', a name that is no
// token, a value that is not UTF-8) is skipped, not refused: other programs set cookies on the
// same host, and a person cannot repair them. At most `limit` cookies are kept. Pure.
void DecodeCookies(std::string_view header, std::size_t limit, Params& cookies);

}  // namespace livery::http
