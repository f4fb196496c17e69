#include "tenancy/house.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace livery::tenancy {
namespace {

namespace fs = std::filesystem;

// A house without tenants; what is shared between threads is the same.
class HouseKeeperTest : public testing::Test {
 protected:
    HouseKeeperTest() {
        std::string pattern = (fs::temp_directory_path() / "livery-house-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        fs::create_directories(folder / "themes");
        fs::copy(fs::path(LIVERY_SOURCE_DIR) / "themes/default", folder / "themes/default",
                 fs::copy_options::recursive);
        fs::create_directories(folder / "tenants");
        sources.tenants_dir = folder / "tenants";
        sources.themes_dir = folder / "themes";
    }
    ~HouseKeeperTest() override { fs::remove_all(folder); }

    std::shared_ptr<const House> First() {
        config::Problems problems;
        auto house = BuildHouse(sources, 1, true, problems);
        EXPECT_TRUE(house) << problems.ToString();
        return house;
    }
    fs::path folder;
    HouseSources sources;
};

TEST_F(HouseKeeperTest, RequestsSeeAWholeHouseWhileAnotherTakesItsPlace) {
    HouseKeeper keeper(sources, First());
    std::atomic<bool> done = false;
    std::atomic<int> broken = 0;
    std::vector<std::thread> requests;
    for (int i = 0; i < 4; ++i) {
        requests.emplace_back([&] {
            std::uint64_t last = 0;
            while (!done) {
                const auto house = keeper.Current();
                if (house->revision < last || house->templates->themes().empty()) ++broken;
                last = house->revision;
            }
        });
    }
    std::vector<std::thread> reloads;
    for (int i = 0; i < 2; ++i) {
        reloads.emplace_back([&] {
            for (int round = 0; round < 3; ++round) EXPECT_TRUE(keeper.Reload().empty());
        });
    }
    for (std::thread& thread : reloads) thread.join();
    done = true;
    for (std::thread& thread : requests) thread.join();
    EXPECT_EQ(broken, 0);
    EXPECT_EQ(keeper.Current()->revision, 7U);
}

TEST_F(HouseKeeperTest, ABadReloadKeepsTheOldHouse) {
    HouseKeeper keeper(sources, First());
    fs::remove(folder / "themes/default/layout.mustache");
    EXPECT_FALSE(keeper.Reload().empty());
    EXPECT_EQ(keeper.Current()->revision, 1U);
}

}  // namespace
}  // namespace livery::tenancy
