#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

namespace livery::gateways {

// What the host knows of the requests that one call of a gateway sent, whatever the gateway says of
// it. It decides what a call is worth that ended without an answer: only where nothing left that
// could have moved money may it be tried again (gateway-sdk, "send fence"). Thread: any.
class SendFence {
 public:
    // Of a request: HTTP's safe methods (RFC 9110, 9.2.1) change nothing at the provider.
    enum class Kind { kSafe, kUnsafe };
    enum class Verdict {
        kNothingSent,  // no request that could change something left
        kUnknown,      // one did: what it did must be looked up
    };
    using Request = std::size_t;

    // Before the connection is used for it; the request then counts as sent.
    Request Begin(Kind kind);
    // No byte of it left: refused, no such host, no TLS.
    void NotSent(Request request);

    // Of a call that gave no answer.
    Verdict Judge() const;
    std::size_t requests() const;

 private:
    struct Entry {
        Kind kind;
        bool sent;
    };
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
};

}  // namespace livery::gateways
