#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "http/client/client.h"

namespace livery::conformance {

// What can happen to one request on its way, in the host's HTTP client. Whether the provider got it
// is part of the fault: that is what the host must find out.
struct WireFault {
    // Where the host's client ends up when it looks for the provider: what comes of it there is the
    // client's own doing, not ours.
    enum class Lost { kNo, kNobodyListens, kNoSuchName, kNoTls };

    std::string_view name;
    int check;                   // of the matrix, which sends every request into it; 0: of none
    bool reaches;                // the provider gets the request
    bool leaves;                 // the host counts it as sent
    bool answered;               // something comes back
    int status = 0;              // of what comes back; 0: as the provider said
    std::string_view body = "";  // of that
    bool twice = false;          // the provider gets it twice
    bool cut = false;            // of the provider's answer the last bytes are missing
    bool padded = false;         // a member of a megabyte stands before its others
    Lost lost = Lost::kNo;
    bool drips = false;      // a byte comes now and then, and the deadline before the last
    bool oversized = false;  // 20 MB come
    int clock_shift = 0;     // seconds by which the host's clock is wrong during that call
    bool host_ends = false;  // after it: nobody remembers that there was a call
};

std::span<const WireFault> WireFaults();
// nullptr when there is none of that name.
const WireFault* FindWireFault(std::string_view name);

// Sends as the fault has it.
http::Exchanged SendUnder(const WireFault& fault, http::Client& client,
                          const http::OutgoingRequest& request,
                          const std::function<void()>& before_send);

}  // namespace livery::conformance
