#include "pdf/worker_renderer.h"

#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pdf/testing/samples.h"

namespace livery::pdf {
namespace {

using std::chrono::milliseconds;

const std::string kWorker = LIVERY_BINARY_DIR "/livery-pdf";

bool IsPdf(const Result<std::string>& answer) {
    return answer && answer->starts_with("%PDF-") && answer->ends_with("%%EOF\n");
}

// A long document, so that something can happen while it is set.
Document Long() { return LatinSample(3000); }

// Waits until the worker of a render in another thread has begun to work.
pid_t Busy(const WorkerRenderer& renderer, int starts) {
    while (renderer.starts() < starts || renderer.pid() == 0)
        std::this_thread::sleep_for(milliseconds(1));
    std::this_thread::sleep_for(milliseconds(100));
    return renderer.pid();
}

TEST(WorkerRenderer, StartsItsProcessWithTheFirstDocumentAndKeepsIt) {
    WorkerRenderer renderer({{kWorker}});
    EXPECT_EQ(renderer.pid(), 0);
    EXPECT_TRUE(IsPdf(renderer.Render(SmallDocument())));
    const pid_t pid = renderer.pid();
    EXPECT_GT(pid, 0);
    EXPECT_TRUE(IsPdf(renderer.Render(SmallDocument())));
    EXPECT_EQ(renderer.pid(), pid);
    EXPECT_EQ(renderer.starts(), 1);
}

TEST(WorkerRenderer, LosesNothingWhenItsProcessIsKilledInTheMiddle) {
    WorkerRenderer renderer({{kWorker}, milliseconds(60'000)});
    Result<std::string> answer = Error{};
    std::thread caller([&] { answer = renderer.Render(Long()); });
    ASSERT_EQ(::kill(Busy(renderer, 1), SIGKILL), 0);
    caller.join();
    ASSERT_TRUE(IsPdf(answer));
    EXPECT_EQ(renderer.starts(), 2);
    WorkerRenderer undisturbed({{kWorker}, milliseconds(60'000)});
    EXPECT_EQ(*answer, undisturbed.Render(Long()).value());
}

// Its second start ends at once: were the death before it counted, no try would be left.
TEST(WorkerRenderer, StartsAProcessThatDiedIdleAgainWithoutCountingIt) {
    const auto file =
        std::filesystem::temp_directory_path() / fmt::format("livery-starts-{}", ::getpid());
    std::filesystem::remove(file);
    const std::string script = fmt::format("echo >>{0}; [ $(wc -l <{0}) = 2 ] && exit 1; exec {1}",
                                           file.string(), kWorker);
    WorkerRenderer renderer({{"/bin/sh", "-c", script}});
    ASSERT_TRUE(IsPdf(renderer.Render(SmallDocument())));
    ASSERT_EQ(::kill(renderer.pid(), SIGKILL), 0);
    siginfo_t ended{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(renderer.pid()), &ended, WEXITED | WNOWAIT), 0);
    EXPECT_TRUE(IsPdf(renderer.Render(SmallDocument())));
    EXPECT_EQ(renderer.starts(), 3);
    std::filesystem::remove(file);
}

TEST(WorkerRenderer, KillsAProcessThatHangsAndTriesAgain) {
    WorkerRenderer renderer({{kWorker}, milliseconds(2000)});
    ASSERT_TRUE(IsPdf(renderer.Render(SmallDocument())));
    ASSERT_EQ(::kill(renderer.pid(), SIGSTOP), 0);
    EXPECT_TRUE(IsPdf(renderer.Render(SmallDocument())));
    EXPECT_EQ(renderer.starts(), 2);
}

TEST(WorkerRenderer, IsUnavailableAfterTwoTriesThatDieOrHang) {
    for (const std::vector<std::string>& argv :
         {std::vector<std::string>{"/bin/false"}, {"/bin/sleep", "60"}}) {
        WorkerRenderer renderer({argv, milliseconds(200)});
        const auto answer = renderer.Render(SmallDocument());
        ASSERT_FALSE(answer.has_value());
        EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
        EXPECT_EQ(renderer.starts(), 2) << argv.front();
        EXPECT_EQ(renderer.pid(), 0);
    }
}

TEST(WorkerRenderer, IsUnavailableWithoutItsProgram) {
    WorkerRenderer renderer({{"/no/such/livery-pdf"}});
    EXPECT_EQ(renderer.Render(SmallDocument()).error().code, ErrorCode::kUnavailable);
}

TEST(WorkerRenderer, MakesNobodyWaitForLongerThanTheLimit) {
    WorkerRenderer renderer({{"/bin/sleep", "60"}, milliseconds(1000), milliseconds(100)});
    std::thread first([&] { EXPECT_FALSE(renderer.Render(SmallDocument()).has_value()); });
    Busy(renderer, 1);
    const auto begun = process::Channel::Clock::now();
    EXPECT_EQ(renderer.Render(SmallDocument()).error().message, "other documents take too long");
    EXPECT_LT(process::Channel::Clock::now() - begun, milliseconds(800));
    first.join();
}

TEST(WorkerRenderer, RefusesMoreThanMayWait) {
    WorkerRenderer renderer({{"/bin/sleep", "60"}, milliseconds(500), milliseconds(10'000), 0});
    EXPECT_EQ(renderer.Render(SmallDocument()).error().message, "too many documents wait");
}

TEST(WorkerRenderer, ServesManyThreads) {
    WorkerRenderer renderer({{kWorker}});
    std::vector<std::thread> callers;
    std::atomic<int> good{0};
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&renderer, &good] {
            for (int round = 0; round < 3; ++round)
                good += IsPdf(renderer.Render(SmallDocument())) ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(good, 24);
    EXPECT_EQ(renderer.starts(), 1);
}

TEST(WorkerRenderer, LeavesNoProcessBehind) {
    pid_t pid = 0;
    {
        WorkerRenderer renderer({{kWorker}});
        ASSERT_TRUE(IsPdf(renderer.Render(SmallDocument())));
        pid = renderer.pid();
    }
    EXPECT_EQ(::kill(pid, 0), -1);
}

}  // namespace
}  // namespace livery::pdf
