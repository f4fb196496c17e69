#pragma once

#include <string>

#include <tl/expected.hpp>

namespace livery::http {

// Why a request is not handed to a handler. `status` is the answer's; `reason` is a fixed English
// text for logs that never quotes what the client sent.
struct Refusal {
    int status = 400;
    std::string reason;
};

template <class T>
using Decoded = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> Refuse(int status, std::string reason) {
    return tl::make_unexpected(Refusal{status, std::move(reason)});
}

}  // namespace livery::http
