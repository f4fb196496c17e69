#include "process/resident_memory.h"

#include <csignal>
#include <optional>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace livery::process {
namespace {

constexpr std::size_t kMebi = std::size_t{1} << 20;

TEST(ResidentMemory, GrowsWithWhatIsTouched) {
    const ResidentMemory ours(::getpid());
    const std::size_t before = ours.Bytes();
    EXPECT_GT(before, kMebi);
    const std::vector<char> touched(64 * kMebi, 'x');
    EXPECT_GE(ours.Bytes(), before + 60 * kMebi);
    EXPECT_EQ(touched.back(), 'x');
}

TEST(ResidentMemory, OfWhoHasEndedIsNothing) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    const ResidentMemory its(child);
    EXPECT_GT(its.Bytes(), 0U);
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_EQ(its.Bytes(), 0U);
    EXPECT_EQ(ResidentMemory(child).Bytes(), 0U);
}

}  // namespace
}  // namespace livery::process
