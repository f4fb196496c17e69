#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "adapters/system_clock.h"
#include "sandbox/provider.h"
#include "sandbox/testing/asker.h"

namespace livery::sandbox::testing {

// A provider in this process, on a free port, with two merchants.
class ProviderTest : public ::testing::Test {
 protected:
    ProviderTest() {
        static int count = 0;
        folder_ = std::filesystem::temp_directory_path() /
                  ("sandbox-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
        std::filesystem::create_directories(folder_);
        Restart();
    }
    ~ProviderTest() override {
        provider_.reset();
        std::filesystem::remove_all(folder_);
    }
    void Restart() {
        provider_.reset();
        ProviderOptions options;
        options.port = 0;
        options.data = folder_.string();
        options.merchants = {ParseMerchant("harbor,sandbox-api-key,sandbox-hook-key"),
                             ParseMerchant("lumen,lumen-key,lumen-hook-key,,lumen-next-key")};
        options.webhooks.first_wait = std::chrono::milliseconds(20);
        provider_.emplace(options, clock_);
        ask.emplace(provider_->port());
    }

    // A payment by a magic token; the answer's body.
    Json Pay(const std::string& reference, const std::string& token, std::int64_t amount = 1'000,
             const Json& more = Json::object()) {
        Json body = PaymentBody(reference, amount, {{"method", token}});
        body.update(more);
        return ask->Post("/v1/payments", body).json;
    }
    Json Look(const std::string& id) { return ask->Get("/v1/payments/" + id).json; }

    std::filesystem::path folder_;
    adapters::SystemClock clock_;
    std::optional<Provider> provider_;
    std::optional<Asker> ask;
};

}  // namespace livery::sandbox::testing
