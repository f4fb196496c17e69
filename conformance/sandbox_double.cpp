#include "conformance/sandbox_double.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "conformance/ear.h"
#include "process/child_process.h"
#include "sandbox/book/scenario.h"
#include "sandbox/server/server.h"
#include "sandbox/testing/asker.h"

namespace livery::conformance {

namespace {

using std::chrono::milliseconds;

// Declined with the course's own name, unless said otherwise.
std::vector<PublishedDecline> Published() {
    return {
        {"", "insufficient_funds", "insufficient_funds", "soft", ""},
        {"", "limit_exceeded", "limit_exceeded", "soft", ""},
        {"", "expired_card", "expired_method", "hard", "update_details"},
        {"", "wrong_number", "incorrect_number", "hard", "update_details"},
        {"", "wrong_cvc", "incorrect_cvc", "soft", "update_details"},
        {"", "wrong_postcode", "incorrect_postcode", "soft", "update_details"},
        {"", "wrong_pin", "incorrect_pin", "soft", ""},
        {"", "stolen_card", "lost_or_stolen", "hard", "do_not_retry"},
        {"", "pick_up_card", "pickup", "hard", "do_not_retry"},
        {"", "suspected_fraud", "fraud_suspected", "hard", "do_not_retry"},
        {"", "do_not_honour", "do_not_honor", "soft", ""},
        {"", "not_permitted", "not_permitted", "hard", "do_not_retry"},
        {"", "account_closed", "account_closed", "hard", "do_not_retry"},
        {"", "mandate_revoked", "mandate_revoked", "hard", "do_not_retry"},
        {"", "mandate_missing", "mandate_missing", "hard", ""},
        {"", "bank_account_invalid", "bank_account_invalid", "hard", "update_details"},
        {"", "debit_refused", "debit_refused", "soft", ""},
        {"", "currency_refused", "currency_not_supported", "hard", ""},
        {"", "country_refused", "country_not_supported", "hard", ""},
        {"", "amount_refused", "amount_not_supported", "soft", ""},
        {"", "method_refused", "method_not_supported", "hard", ""},
        {"", "duplicate_payment", "duplicate", "hard", "do_not_retry"},
        {"", "issuer_unavailable", "issuer_unavailable", "soft", ""},
        {"", "authentication_required", "authentication_required", "soft", "authenticate"},
        {"", "test_card_live", "test_method_in_live_mode", "hard", ""},
        {"", "card_declined", "other", "soft", ""},
        {"", "code_of_tomorrow", "other", "soft", ""},
    };
}

class Sandbox final : public Double {
 public:
    explicit Sandbox(const std::string& program)
        : folder_(std::filesystem::temp_directory_path() / fmt::format("certify-{}", ::getpid())),
          port_(FreePort()),
          provider_(Start(program)),
          asker_(port_) {
        for (int trial = 0; asker_.Get("/scenarios").status != 200; ++trial) {
            if (trial == 500) throw std::runtime_error(program + " does not answer");
            std::this_thread::sleep_for(milliseconds(10));
        }
        asker_.Ask("PUT", "/v1/webhook", Json{{"url", ear_.url()}}.dump(), "");
    }
    ~Sandbox() override {
        provider_.Stop(SIGTERM, milliseconds(2'000));
        std::filesystem::remove_all(folder_);
    }

    Json Config() const override {
        return {{"base_url", fmt::format("http://127.0.0.1:{}", port_)},
                {"merchant", "harbor"},
                {"api_key", "api-key-of-the-shop"},
                {"hook_key", "hook-key-of-the-shop"}};
    }
    std::string SecretOf(const std::string& name) const override {
        if (name == "api-key-of-the-shop") return "sandbox-api-key";
        return name == "hook-key-of-the-shop" ? "sandbox-hook-key" : "";
    }
    std::string Token(const std::string& course) const override {
        const std::string token = "tok_" + course;
        return sandbox::ByToken(token) == nullptr ? "" : token;
    }
    std::vector<PublishedDecline> Declines() const override {
        auto declines = Published();
        for (PublishedDecline& decline : declines) decline.token = Token(decline.code);
        return declines;
    }
    std::map<std::string, int> Decimals() const override { return {{"HUF", 0}}; }

    std::vector<Movement> Ledger(const std::string& reference) override {
        std::vector<Movement> movements;
        const Json ledger = asker_.Get("/ledger?reference=" + reference).json;
        for (const Json& row : ledger.at("movements"))
            movements.push_back(
                {row.at("kind"), row.at("currency"), row.at("amount"), row.at("fee")});
        return movements;
    }
    void Advance(std::int64_t seconds) override { asker_.Advance(seconds); }
    void Break(const std::string& fault) override {
        asker_.Break({{"fault", fault}, {"on", "POST /v1/"}, {"milliseconds", 60'000}});
    }
    void Visit(const std::string& page, const std::string& what, const Fields& fields) override {
        std::string path = sandbox::testing::PathOf(page);
        if (!fields.empty()) {
            const auto answered = asker_.Submit(path, fields);
            const auto on = answered.headers.find("location");
            if (on != answered.headers.end()) path = on->second;
        }
        const sandbox::Scenario* scenario = sandbox::ByToken("tok_" + what);
        if (scenario == nullptr) {
            asker_.Submit(path, {{"action", what}});
            return;
        }
        asker_.Submit(path, {{"action", "pay"},
                             {"number", sandbox::CardNumber(*scenario)},
                             {"expiry", NextYear()},
                             {"cvc", "123"},
                             {"name", "Ada"}});
    }
    std::vector<Delivered> Hooks(std::size_t count) override { return ear_.Take(count); }
    void Acknowledge(int status, const std::string& body) override {
        ear_.Acknowledge(status, body);
    }
    bool HasToldAll() override {
        for (int trial = 0; trial < 50; ++trial) {
            if (asker_.Get("/ledger?reference=none").json.at("events_untold") == 0) return true;
            std::this_thread::sleep_for(milliseconds(20));
        }
        return false;
    }
    Traits traits() const override { return {}; }

 private:
    static int FreePort() {
        const auto door = sandbox::Server::Open(0);
        ::close(door.socket);
        return door.port;
    }
    // A date to come by the provider's clock, which may be far ahead.
    std::string NextYear() {
        const std::chrono::sys_seconds now{
            std::chrono::seconds(asker_.Get("/clock").json.at("now").get<std::int64_t>())};
        const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
        return fmt::format("12/{}", static_cast<int>(today.year()) + 1);
    }
    process::ChildProcess Start(const std::string& program) const {
        std::filesystem::create_directories(folder_);
        process::Command command;
        command.argv = {program, "--port", std::to_string(port_), "--data", folder_.string()};
        command.log_path = (folder_ / "log").string();
        return process::ChildProcess::Start(command);
    }

    std::filesystem::path folder_;
    int port_;
    process::ChildProcess provider_;
    sandbox::testing::Asker asker_;
    Ear ear_;
};

}  // namespace

std::unique_ptr<Double> StartSandbox(const std::string& program) {
    return std::make_unique<Sandbox>(program);
}

}  // namespace livery::conformance
