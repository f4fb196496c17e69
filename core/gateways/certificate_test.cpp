// Which bytes are loaded, and for whom they must be certified.
#include "gateways/certificate.h"

#include <fstream>

#include <gtest/gtest.h>

#include "gateways/testing/gateway_stage.h"

namespace livery::gateways {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class ACertificate : public ::testing::Test {
 protected:
    ACertificate() {
        fs::copy_file(std::string(LIVERY_BINARY_DIR) + "/testing/odd_gateway.so", file);
    }
    static std::string HashOf(const fs::path& path) {
        std::ostringstream bytes;
        bytes << std::ifstream(path, std::ios::binary).rdbuf();
        return Sha256(bytes.str());
    }
    void Write(const Json& certificate) {
        std::ofstream(CertificatePath(file)) << certificate.dump();
    }
    void Certify() {
        Write(Certificate{"com.example.odd", "1.2.3", HashOf(file), "1.0.0", "L2",
                          "2026-01-31T12:00:00Z"}
                  .ToJson());
    }
    GatewayFile Examined() const {
        return GatewayFiles::Examine(file, testing::GatewayStage::kHelper);
    }
    testing::TemporaryFolder folder;
    fs::path file = folder.path / "odd.so";
};

TEST_F(ACertificate, IsThatOfTheseBytes) {
    EXPECT_EQ(Examined().certified.missing, "it has no certificate");
    Certify();
    const GatewayFile certified = Examined();
    EXPECT_EQ(certified.refused, "");
    EXPECT_EQ(certified.certified.missing, "");
    EXPECT_EQ(certified.certified.certificate->level, "L2");
    std::ofstream(file, std::ios::app) << "x";
    EXPECT_EQ(Examined().certified.missing, "it was changed since it was certified");
    for (const Json& broken : {Json("x"), Json{{"sha256", HashOf(file)}},
                               Json{{"gateway", "a"},
                                    {"version", "1"},
                                    {"sha256", HashOf(file)},
                                    {"kit", "1"},
                                    {"level", "none"},
                                    {"date", ""}}}) {
        Write(broken);
        EXPECT_EQ(Examined().certified.missing, "its certificate cannot be read") << broken;
    }
}

TEST_F(ACertificate, IsNeededWhereRealMoneyMoves) {
    const auto refused = [&](bool play_money, bool allowed) {
        return Examined().RefusedFor(play_money, allowed);
    };
    EXPECT_NE(refused(false, false).find("it has no certificate"), std::string::npos);
    EXPECT_EQ(refused(true, false), "");
    EXPECT_EQ(refused(false, true), "");
    Certify();
    EXPECT_EQ(refused(false, false), "");
}

TEST_F(ACertificate, IsAskedForAtEveryCall) {
    testing::GatewayStage stage(testing::GatewayStage::Isolation::kProcess);
    GatewayFiles files(folder.path, testing::GatewayStage::kHelper);
    TenantGateways gateways({[&] { return stage.house; }, files, stage.secrets, stage.store,
                             stage.tenant_time, stage.clock, stage.pool});
    const std::string order = testing::GatewayStage::Order("ok").dump();
    const auto paid = [&](TenantMode mode) {
        stage.Configure("harbor", {}, {{"base_url", "https://localhost"}}, mode);
        return gateways.Call(stage.TenantOf("harbor"), {"cards", "payment.start/1", order});
    };
    EXPECT_EQ(paid(TenantMode::kDemo).fate, Gateways::Fate::kAnswered);
    const auto refused = paid(TenantMode::kLive);
    EXPECT_EQ(refused.fate, Gateways::Fate::kNothingSent);
    EXPECT_NE(refused.fault.find("it has no certificate"), std::string::npos) << refused.fault;
    EXPECT_NE(gateways.Of(stage.TenantOf("harbor")).at(0).out_of_order, "");
    // A certificate that comes later counts once the folder is read again.
    Certify();
    files.Refresh();
    EXPECT_EQ(paid(TenantMode::kLive).fate, Gateways::Fate::kAnswered);
    EXPECT_EQ(gateways.Of(stage.TenantOf("harbor")).at(0).out_of_order, "");
}

// Between the look and the load somebody puts another file there.
TEST_F(ACertificate, IsOfWhatIsLoadedWhateverStandsThereByThen) {
    const GatewayFile examined = Examined();
    fs::remove(file);
    std::ofstream(file) << "no gateway at all";
    HelperProcess::Options options{testing::GatewayStage::kHelper, file.string()};
    EXPECT_FALSE(HelperProcess::Start(options));
    options.descriptor = examined.descriptor();
    const auto helper = HelperProcess::Start(options);
    EXPECT_TRUE(helper) << (helper ? "" : helper.error().message);
}

}  // namespace
}  // namespace livery::gateways
