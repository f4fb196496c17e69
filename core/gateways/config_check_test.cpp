// What tenants write below `gateways:`, against the file of a real gateway.
#include "gateways/config_check.h"

#include <gtest/gtest.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "config/yaml_document.h"
#include "gateways/testing/gateway_stage.h"
#include "tenancy/tenant_config.h"

namespace livery::gateways {
namespace {

namespace fs = std::filesystem;

class AConfiguration : public ::testing::Test {
 protected:
    AConfiguration() {
        fs::create_directories(folder.path / "harbor");
        std::ofstream(folder.path / "harbor" / "key") << "value";
        fs::permissions(folder.path / "harbor" / "key", fs::perms(0600));
    }
    // Problems of one gateway whose `config` holds these lines.
    std::string Config(const std::string& lines, TenantMode mode = TenantMode::kSandbox) {
        return Read("- id: cards\n  gateway: com.example.odd\n  config:\n" + lines, mode);
    }
    std::string Read(const std::string& yaml, TenantMode mode = TenantMode::kSandbox) {
        return Read(yaml, mode, files);
    }
    std::string Read(const std::string& yaml, TenantMode mode, GatewayFiles& installed) {
        config::Problems problems;
        const auto node = config::ParseYaml(yaml, "t.yaml", problems);
        const config::Reader reader("t.yaml", problems);
        std::vector<tenancy::GatewayConfig> wanted;
        config::ValueType<std::vector<tenancy::GatewayConfig>>::Read(*node, reader, {}, wanted);
        ConfigCheck check(installed, secrets);
        read = tenancy::ReadGateways({TenantId("harbor"), mode}, wanted, &*node, reader, &check);
        return problems.ToString();
    }
    testing::TemporaryFolder folder;
    SecretStore secrets{folder.path};
    GatewayFiles files{std::string(LIVERY_BINARY_DIR) + "/testing", testing::GatewayStage::kHelper,
                       true};
    std::vector<std::shared_ptr<const tenancy::ConfiguredGateway>> read;
};

TEST_F(AConfiguration, IsReadByTheTypesOfTheManifest) {
    EXPECT_EQ(Config("    key: key\n    retries: true\n    name: \"12\"\n    region: eu\n"
                     "    base_url: https://api.odd.example/v1\n"),
              "");
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0]->config,
              nlohmann::json::parse(R"({"key":"key","retries":true,"name":"12","region":"eu",
                                        "base_url":"https://api.odd.example/v1"})"));
    EXPECT_EQ(read[0]->isolation, tenancy::ConfiguredGateway::Isolation::kProcess);
}

TEST_F(AConfiguration, IsToldEveryMistakeAtItsPlace) {
    EXPECT_EQ(Config("    kex: key\n"),
              "t.yaml:4:5: [0].config.kex: unknown key; it is one of base_url, hook, key, name, "
              "region, retries\n"
              "t.yaml:4:5: [0].config.key: missing\n");
    EXPECT_EQ(Config("    key: key\n    retries: maybe\n"),
              "t.yaml:5:14: [0].config.retries: It is of another type than this takes.\n");
    EXPECT_EQ(Config("    key: key\n    region: mars\n"),
              "t.yaml:5:13: [0].config.region: It is none of the words that this takes; they are "
              "in the document. It takes [\"eu\",\"us\"].\n");
    EXPECT_EQ(Config("    key: key\n    base_url: https://else.example\n"),
              "t.yaml:5:15: [0].config.base_url: `https://else.example` leads to none of the hosts "
              "of this gateway: api.odd.example, localhost\n");
}

TEST_F(AConfiguration, SpeaksToThisMachineInASandboxOnly) {
    const std::string lines = "    key: key\n    base_url: http://127.0.0.1:18190\n";
    EXPECT_EQ(Config(lines, TenantMode::kDemo), "");
    EXPECT_NE(Config(lines, TenantMode::kLive).find("is not https"), std::string::npos);
}

// The file that is shipped.
TEST_F(AConfiguration, OfTheSandboxIsForTenantsWhoMoveNoRealMoney) {
    GatewayFiles shipped(std::string(LIVERY_BINARY_DIR) + "/gateways",
                         testing::GatewayStage::kHelper, true);
    const std::string yaml =
        "- id: cards\n  gateway: sandbox\n"
        "  config: {base_url: \"http://127.0.0.1:1\", merchant: m, "
        "api_key: key, hook_key: key}\n";
    EXPECT_NE(Read(yaml, TenantMode::kLive, shipped)
                  .find("t.yaml:2:12: [0].gateway: gateway `sandbox` moves no real money"),
              std::string::npos);
    EXPECT_EQ(Read(yaml, TenantMode::kSandbox, shipped), "");
    EXPECT_EQ(Read(yaml, TenantMode::kDemo, shipped), "");
}

TEST_F(AConfiguration, NamesSecretsThatAreThereForItsOwnerAlone) {
    EXPECT_NE(Config("    key: nothing\n").find("t.yaml:4:10: [0].config.key: there is no file"),
              std::string::npos);
    fs::permissions(folder.path / "harbor" / "key", fs::perms(0644));
    EXPECT_NE(Config("    key: key\n").find("can be read by others"), std::string::npos);
}

TEST_F(AConfiguration, IsOfAGatewayThatIsThere) {
    EXPECT_NE(Read("- id: cards\n  gateway: com.example.even\n")
                  .find("t.yaml:2:12: [0].gateway: there is no gateway `com.example.even`; there "
                        "are com.example.odd"),
              std::string::npos);
    EXPECT_NE(Read("- {id: a, gateway: com.example.odd, config: {key: key}}\n"
                   "- {id: a, gateway: com.example.odd, config: {key: key}}\n")
                  .find("t.yaml:2:8: [1].id: `a` is listed twice"),
              std::string::npos);
    EXPECT_NE(
        Read("- {id: A_, gateway: com.example.odd, config: {key: key}}\n").find("`A_` must be a-z"),
        std::string::npos);
    EXPECT_NE(Read("- {id: a, gateway: com.example.odd, config: {key: key}, isolation: box}\n")
                  .find("`box` is not one of none, process, process-per-tenant"),
              std::string::npos);
}

TEST(GatewayFiles, DisablesAFileWithAReasonAndGoesOn) {
    testing::TemporaryFolder folder;
    const fs::path good = std::string(LIVERY_BINARY_DIR) + "/testing/odd_gateway.so";
    fs::copy_file(good, folder.path / "a.so");
    std::ofstream(folder.path / "text.so") << "no library";
    fs::copy_file(good, folder.path / "open.so");
    fs::permissions(folder.path / "open.so", fs::perms(0666));
    fs::copy_file(good, folder.path / "z_twin.so");
    GatewayFiles files(folder.path, testing::GatewayStage::kHelper);
    std::map<std::string, std::string> refused;
    for (const auto& file : files.All()) refused[file->path.filename()] = file->refused;
    EXPECT_EQ(refused.at("a.so"), "");
    EXPECT_NE(refused.at("text.so").find("is not a shared library"), std::string::npos);
    EXPECT_NE(refused.at("open.so").find("can be written by others"), std::string::npos);
    EXPECT_EQ(refused.at("z_twin.so"), "another file is gateway `com.example.odd` already");
    EXPECT_EQ(files.Find("com.example.odd")->path.filename(), "a.so");
    fs::remove(folder.path / "a.so");
    files.Refresh();
    EXPECT_EQ(files.Find("com.example.odd")->path.filename(), "z_twin.so");
}

TEST(GatewayFiles, AsksTheEntryWhereItCanBreakNothing) {
    GatewayFiles files(std::string(LIVERY_BINARY_DIR) + "/testing/refused",
                       testing::GatewayStage::kHelper);
    std::map<std::string, std::string> refused;
    for (const auto& file : files.All()) refused[file->path.stem()] = file->refused;
    EXPECT_EQ(refused.at("lies_about_its_version"),
              "its manifest says version 1.0 of the contract, its entry 1.7");
    EXPECT_NE(refused.at("dies_when_opened").find("does not start with"), std::string::npos);
    EXPECT_NE(refused.at("serves_nobody").find("does not serve this host"), std::string::npos);
    EXPECT_NE(refused.at("connects_when_opened").find("does not start with"), std::string::npos);
    // What it could read it would tell by another version.
    const bool hidden =
        ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
    EXPECT_EQ(refused.at("reads_when_opened").empty(), hidden);
}

// A program in `folder` that does as `script` says before it becomes the helper.
std::string HelperAfter(const testing::TemporaryFolder& folder, const std::string& script) {
    const std::string program = folder.path / "helper";
    std::ofstream(program) << "#!/bin/sh\n"
                           << script << "\nexec " << testing::GatewayStage::kHelper << " \"$@\"\n";
    fs::permissions(program, fs::perms(0755));
    return program;
}

// Found by tests/crash: a helper that was killed while a host started left every tenant without it.
TEST(GatewayFiles, DoesNotBlameAFileForAHelperThatWasKilled) {
    testing::TemporaryFolder folder;
    const std::string starts = folder.path / "starts";
    const std::string program = HelperAfter(
        folder, "echo >>" + starts + "\n[ $(wc -l <" + starts + ") -gt 2 ] || kill -9 $$");
    GatewayFiles files(std::string(LIVERY_BINARY_DIR) + "/testing", program);
    for (const auto& file : files.All()) EXPECT_EQ(file->refused, "");
    EXPECT_FALSE(files.All().empty());
}

// Found by tests/crash on a machine with forty processes for each processor.
TEST(GatewayFiles, WaitsForAHelperThatAMachineHasNoTimeFor) {
    testing::TemporaryFolder folder;
    const fs::path gateways = folder.path / "gateways";
    fs::create_directories(gateways);
    fs::copy_file(std::string(LIVERY_BINARY_DIR) + "/testing/odd_gateway.so",
                  gateways / "odd_gateway.so");
    GatewayFiles files(gateways, HelperAfter(folder, "sleep 6"));
    ASSERT_EQ(files.All().size(), 1U);
    EXPECT_EQ(files.All().front()->refused, "");
}

}  // namespace
}  // namespace livery::gateways
