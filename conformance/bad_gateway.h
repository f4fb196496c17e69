#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "conformance/shop.h"
#include "gateways/helper_process.h"

namespace livery::conformance {

// Does nothing for a gateway.
class NoDesk final : public gateways::ServiceDesk {
 public:
    std::int32_t Serve(std::string_view, std::string_view, std::string&) override {
        return LIVERY_REFUSED;
    }
    void Log(int, std::string_view) override {}
};

// The vandal that stands beside the helper program, in a process of its own. Throws
// std::runtime_error when it is not there. Thread: one.
class BadGateway {
 public:
    static std::string FileFor(const Shop& shop);
    // What it does when it is told to pay under the reference `what`.
    static std::string OrderFor(const std::string& what);

    explicit BadGateway(const Shop& shop, int megabytes = 128);
    gateways::HelperProcess::Outcome Do(const std::string& what,
                                        std::chrono::milliseconds limit = std::chrono::seconds(10));
    pid_t pid() const { return helper_->pid(); }

 private:
    std::unique_ptr<gateways::HelperProcess> helper_;
    NoDesk desk_;
};

}  // namespace livery::conformance
