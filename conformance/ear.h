#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "conformance/double.h"
#include "sandbox/server/server.h"

namespace livery::conformance {

// What hears webhooks for the shop, on a port of its own. Thread: any.
class Ear {
 public:
    Ear();
    std::string url() const;
    // What webhooks are answered from now on.
    void Acknowledge(int status, const std::string& body);
    // What came since the last time, once `count` are there or three seconds are over.
    std::vector<Delivered> Take(std::size_t count);

 private:
    sandbox::Reply Hear(const Request& request);

    std::mutex mutex_;  // guards the three below
    std::vector<Delivered> heard_;
    int status_ = 200;
    std::string body_;
    sandbox::Server server_;
};

}  // namespace livery::conformance
