#pragma once

#include <string>
#include <string_view>

#include "sandbox/book/records.h"

namespace livery::sandbox {

// Records as the API shows them. `origin` is where its pages are: "http://127.0.0.1:18190"; `kept`
// the record of its method, when there is one.
Json ViewOf(const Payment& payment, const StoredMethod* kept, const std::string& origin);
Json ViewOf(const Refund& refund);
Json ViewOf(const Setup& setup, const StoredMethod* kept, const std::string& origin);
Json ViewOf(const StoredMethod& method);
Json ViewOf(const Movement& movement);
Json ViewOf(const Event& event);
// {"code", "message", "network_code", "advice_code"}
Json DeclineOf(std::string_view code);

}  // namespace livery::sandbox
