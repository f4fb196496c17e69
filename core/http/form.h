#pragma once

#include <string_view>

#include <livery/http/params.h>

#include "http/limits.h"
#include "http/refusal.h"

namespace livery::http {

// A query string or an application/x-www-form-urlencoded body (WHATWG URL section 5.1): pairs in
// order, duplicates kept, '+' is a space, a name without '=' has the value "", empty pieces are
// skipped. Refused with 400: a broken percent escape, invalid UTF-8, NUL, too many or too long
// names. Pure.
Decoded<Params> DecodeForm(std::string_view text, const Limits& limits);

}  // namespace livery::http
