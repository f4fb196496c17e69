#include "process/supervisor.h"

#include <atomic>
#include <system_error>

#include <gtest/gtest.h>
#include <signal.h>

namespace livery::process {
namespace {

Command Sleep() { return {{"/bin/sleep", "60"}, "", ""}; }

bool Eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 500; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

TEST(Supervisor, StartsAKilledProgramAgainAndSaysWhy) {
    std::mutex mutex;
    std::string said;
    Supervisor supervisor({"sleeper", Sleep, [&](const std::string& text) {
                               const std::lock_guard lock(mutex);
                               said = text;
                           }});
    const pid_t first = supervisor.pid();
    ::kill(first, SIGKILL);
    ASSERT_TRUE(Eventually([&] { return supervisor.pid() > 0 && supervisor.pid() != first; }));
    const std::lock_guard lock(mutex);
    EXPECT_EQ(said, "sleeper was killed by signal 9; starting it again");
}

TEST(Supervisor, StopEndsTheProgram) {
    Supervisor supervisor({"sleeper", Sleep, [](const std::string&) {}});
    const pid_t pid = supervisor.pid();
    supervisor.Stop();
    EXPECT_EQ(::kill(pid, 0), -1) << "the child is still there";
}

TEST(Supervisor, ThrowsWhenTheProgramDoesNotExist) {
    const auto start = [] {
        Supervisor supervisor({"none",
                               [] {
                                   return Command{{"/no/such/program"}, "", ""};
                               },
                               [](const std::string&) {}});
    };
    EXPECT_THROW(start(), std::system_error);
}

TEST(ChildProcess, ReportsTheExitCode) {
    ChildProcess child = ChildProcess::Start({{"/bin/sh", "-c", "exit 3"}, "", ""});
    const auto status = child.WaitFor(std::chrono::seconds(5));
    ASSERT_TRUE(status.has_value());
    EXPECT_EQ(DescribeStatus(*status), "ended with code 3");
}

}  // namespace
}  // namespace livery::process
