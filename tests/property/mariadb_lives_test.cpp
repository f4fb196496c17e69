#include <gtest/gtest.h>

#include "mariadb_storage.h"
#include "random_lives.h"

namespace livery::property {
namespace {

constexpr std::int64_t kInSuite = 500;

Played PlayOnMariadb(const Life& life) {
    static golden::MariadbServer server;
    return PlayBeside(life, server.NewTenant());
}

TEST(RandomLivesOnMariadb, AreKeptAsTheyAreInMemory) {
    Configure(kInSuite);
    const Tried tried = TryLives("kept as in memory, and right after every step", PlayOnMariadb);
    EXPECT_TRUE(tried.held);
    // Refusals alone would prove nothing.
    EXPECT_GT(tried.accepted, tried.operations / 3);
}

TEST(CounterExamplesOnMariadb, StayRight) {
    for (const Life& life : KeptLives()) EXPECT_EQ(PlayOnMariadb(life).problem, "") << ToText(life);
}

}  // namespace
}  // namespace livery::property
