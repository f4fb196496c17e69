#include "tenancy/house.h"

#include <atomic>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
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
        auto house = BuildHouse(sources, nullptr, true, problems);
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

// Is never asked itself: the plugin of these tests knows what it would say.
class SilentDatabase final : public db::Database {
 public:
    void Transact(const TenantId&, const std::function<void(db::Transaction&)>&) override {}
    db::Rows Query(const TenantId&, const db::Statement&, db::Params) override {
        throw std::logic_error("asked");
    }
};

// Two tenants with a plugin each, whose file must not say what `taboo` holds.
class RefusedTenantTest : public HouseKeeperTest {
 protected:
    RefusedTenantTest() {
        PluginSettings plugin;
        plugin.file = "menu.yaml";
        plugin.read = [](const config::Node& node, const config::Reader&,
                         std::optional<Currency>) -> std::shared_ptr<const void> {
            return std::make_shared<const std::string>(node.Find("dish")->text);
        };
        plugin.agree = [this](const void* settings, const SettingsFacts& facts) {
            const auto& dish = *static_cast<const std::string*>(settings);
            if (taboo.contains(dish))
                facts.reader.Below("dish").Report(facts.node.Find("dish")->at, "was sold out");
        };
        sources.plugins["kitchen"] = plugin;
        for (const char* tenant : {"harbor", "lumen"}) {
            fs::copy(fs::path(LIVERY_SOURCE_DIR) / "tenants/lumen", folder / "tenants" / tenant);
            Dress(tenant, "default");
            Write(tenant, "menu.yaml", "dish: soup\n");
        }
    }
    void Dress(const std::string& tenant, const std::string& theme) const {
        std::ifstream in(fs::path(LIVERY_SOURCE_DIR) / "tenants/lumen/tenant.yaml");
        std::string text(std::istreambuf_iterator<char>(in), {});
        text.resize(text.find("plugins:"));
        Put(text, "lumen.localhost", tenant + ".example");
        Put(text, "atelier", theme);
        Write(tenant, "tenant.yaml", text + "plugins: {kitchen: {}}\n");
    }
    static void Put(std::string& text, const std::string& old, const std::string& now) {
        text.replace(text.find(old), old.size(), now);
    }
    void Write(const std::string& tenant, const std::string& file, const std::string& text) const {
        fs::create_directories(folder / "tenants" / tenant);
        std::ofstream(folder / "tenants" / tenant / file) << text;
    }
    HouseKeeper Keeper() {
        auto first = First();  // as the host reads it before its database is there
        sources.database = &database;
        return {sources, first};
    }
    static std::string DishOf(const HouseKeeper& keeper, const std::string& tenant) {
        const auto house = keeper.Current();
        const auto site = house->sites.find(tenant);
        if (site == house->sites.end()) return "closed";
        return *site->second->tenant.FindSettings<std::string>("kitchen");
    }
    static std::string WhyNot(const HouseKeeper& keeper, const std::string& tenant) {
        const auto house = keeper.Current();
        const auto refused = house->refused.find(tenant);
        return refused == house->refused.end() ? "" : refused->second.ToString();
    }
    SilentDatabase database;
    std::set<std::string> taboo;
};

TEST_F(RefusedTenantTest, AtTheStartItAloneIsClosed) {
    taboo = {"soup"};
    Write("lumen", "menu.yaml", "dish: salad\n");
    HouseKeeper keeper = Keeper();
    EXPECT_TRUE(keeper.Reload().empty());
    EXPECT_EQ(DishOf(keeper, "harbor"), "closed");
    EXPECT_EQ(DishOf(keeper, "lumen"), "salad");
    EXPECT_NE(WhyNot(keeper, "harbor").find("harbor/menu.yaml:1:7: dish: was sold out"),
              std::string::npos);
    EXPECT_EQ(WhyNot(keeper, "lumen"), "");
    // Its address is known: whoever comes is told to come back.
    const auto site = keeper.Current()->FindHost("harbor.example");
    ASSERT_NE(site, nullptr);
    EXPECT_FALSE(keeper.Current()->Serves(*site));
    EXPECT_TRUE(keeper.Current()->Serves(*keeper.Current()->FindHost("lumen.example")));
}

TEST_F(RefusedTenantTest, OnReloadItKeepsItsFilesAndOthersGetTheirNewOnes) {
    HouseKeeper keeper = Keeper();
    EXPECT_TRUE(keeper.Reload().empty());
    taboo = {"fish"};
    Write("harbor", "menu.yaml", "dish: fish\n");
    Write("lumen", "menu.yaml", "dish: salad\n");
    for (int again = 0; again < 2; ++again) {
        EXPECT_TRUE(keeper.Reload().empty());
        EXPECT_EQ(DishOf(keeper, "harbor"), "soup");
        EXPECT_EQ(DishOf(keeper, "lumen"), "salad");
        EXPECT_NE(WhyNot(keeper, "harbor"), "");
    }
    Write("harbor", "menu.yaml", "dish: stew\n");
    EXPECT_TRUE(keeper.Reload().empty());
    EXPECT_EQ(DishOf(keeper, "harbor"), "stew");
    EXPECT_EQ(WhyNot(keeper, "harbor"), "");
}

TEST_F(RefusedTenantTest, AMistakeInAFileStillRefusesTheWholeReload) {
    HouseKeeper keeper = Keeper();
    EXPECT_TRUE(keeper.Reload().empty());
    Write("harbor", "tenant.yaml", "name: X\n");
    Write("lumen", "menu.yaml", "dish: salad\n");
    EXPECT_FALSE(keeper.Reload().empty());
    EXPECT_EQ(DishOf(keeper, "lumen"), "soup");
}

TEST_F(RefusedTenantTest, TheThemeItIsServedInCannotBeTakenAway) {
    fs::create_directories(folder / "themes/quay");
    std::ofstream(folder / "themes/quay/theme.yaml") << "name: Quay\nextends: default\n";
    Dress("harbor", "quay");
    HouseKeeper keeper = Keeper();
    EXPECT_TRUE(keeper.Reload().empty());
    taboo = {"soup"};
    fs::remove_all(folder / "themes/quay");
    Dress("harbor", "default");
    EXPECT_NE(keeper.Reload().ToString().find("still served in `quay`"), std::string::npos);
}

}  // namespace
}  // namespace livery::tenancy
