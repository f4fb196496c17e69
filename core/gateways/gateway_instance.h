#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <livery/gateway/abi.h>
#include <livery/result.h>

namespace livery::gateways {

// Who does for a gateway what it cannot do itself, during one call of it. Thread: that call's.
class ServiceDesk {
 public:
    virtual ~ServiceDesk() = default;
    // One host service ("http.send/1"); the code is one of abi.h, `answer` a message when it is
    // LIVERY_OK.
    virtual std::int32_t Serve(std::string_view service, std::string_view request,
                               std::string& answer) = 0;
    virtual void Log(int level, std::string_view line) = 0;
};

// A gateway with one configuration, called through the binary contract: what it throws or answers
// stays on this side. Owns the plugin's instance. Thread: one call at a time, unless its manifest
// says otherwise.
class GatewayInstance {
 public:
    struct Call {
        std::string_view operation;  // with its revision: "….start/1"
        std::string_view body;
        std::uint64_t id = 0;
        std::chrono::system_clock::time_point deadline{};
    };
    struct Answer {
        std::int32_t code = LIVERY_PLUGIN_FAULT;  // of abi.h
        std::string text;                         // of LIVERY_OK the message; else perhaps why
    };

    // `gateway` is what the library's entry returned; `config` JSON that fits the manifest. Error
    // (kInvalidArgument): what the gateway says against the configuration.
    static Result<std::unique_ptr<GatewayInstance>> Create(const livery_gateway& gateway,
                                                           std::string_view config,
                                                           ServiceDesk& desk);
    ~GatewayInstance();
    GatewayInstance(const GatewayInstance&) = delete;
    GatewayInstance& operator=(const GatewayInstance&) = delete;

    Answer Invoke(const Call& call, ServiceDesk& desk);

 private:
    explicit GatewayInstance(const livery_gateway& gateway);

    const livery_gateway& gateway_;
    livery_host host_;
    void* instance_ = nullptr;
};

}  // namespace livery::gateways
