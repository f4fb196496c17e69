// The real program, killed while it works: what it answered is in its ledger, once.
#include <random>
#include <set>

#include "process/child_process.h"
#include "sandbox/testing/provider_test.h"

namespace livery::sandbox {
namespace {

using testing::Asker;
using testing::PaymentBody;

class AKilledProvider : public ::testing::Test {
 protected:
    AKilledProvider()
        : folder_(std::filesystem::temp_directory_path() / ("crash-" + std::to_string(::getpid()))),
          door_(Server::Open(0)) {
        std::filesystem::create_directories(folder_);
        ::close(door_.socket);
    }
    ~AKilledProvider() override { std::filesystem::remove_all(folder_); }

    process::ChildProcess Start() {
        process::Command command;
        command.argv = {LIVERY_BINARY_DIR "/livery-sandbox-provider", "--port",
                        std::to_string(door_.port), "--data", folder_.string()};
        command.log_path = (folder_ / "log").string();
        auto child = process::ChildProcess::Start(command);
        Asker asker(door_.port);
        for (int trial = 0; trial < 500 && asker.Get("/ledger").status != 200; ++trial)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return child;
    }

    std::filesystem::path folder_;
    Server::Door door_;
};

TEST_F(AKilledProvider, ForgetsNothingThatItAnsweredAndChargesNothingTwice) {
    constexpr int kKills = 25;
    std::mt19937 random(20'261'128);
    std::set<std::string> answered;
    int number = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        auto child = Start();
        std::thread killer([&, wait = random() % 60] {
            std::this_thread::sleep_for(std::chrono::milliseconds(wait));
            child.Signal(SIGKILL);
        });
        Asker asker(door_.port);
        // The last one, which nobody answered, is asked again with its key after the next start.
        for (bool alive = true; alive;) {
            const std::string reference = "r" + std::to_string(number);
            const auto answer = asker.Post(
                "/v1/payments", PaymentBody(reference, 100, {{"method", "tok_ok"}}), reference);
            alive = answer.status == 201;
            if (!alive) break;
            answered.insert(reference);
            ++number;
        }
        killer.join();
        child.WaitFor(std::chrono::milliseconds(2'000));
    }
    const auto child = Start();
    Asker asker(door_.port);
    std::multiset<std::string> charged;
    const Json ledger = asker.Get("/ledger").json;
    for (const Json& movement : ledger.at("movements")) charged.insert(movement["reference"]);
    EXPECT_GT(answered.size(), 20U);
    for (const std::string& reference : answered) EXPECT_EQ(charged.count(reference), 1U);
    for (const std::string& reference : charged) EXPECT_EQ(charged.count(reference), 1U);
}

}  // namespace
}  // namespace livery::sandbox
