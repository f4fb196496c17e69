// A double has a word in what is asked, and who wants the certificate may have written the double.
#include "conformance/waivers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/report.h"
#include "conformance/sandbox_double.h"
#include "conformance/testing/wrapped_double.h"

namespace livery::conformance {
namespace {

using Kind = Verdict::Kind;
using ::testing::HasSubstr;

const std::string kFolder = LIVERY_BINARY_DIR;

// Says of everything that it cannot be shown, and knows the courses that it is given only.
class CheatingDouble final : public testing::WrappedDouble {
 public:
    explicit CheatingDouble(std::vector<std::string> courses)
        : WrappedDouble(StartSandbox(kFolder + "/livery-sandbox-provider")),
          courses_(std::move(courses)) {}
    Json Config() const override {
        Json config = WrappedDouble::Config();
        config["mutant"] = twin;
        return config;
    }
    std::string Token(const std::string& course) const override {
        const bool knows = std::find(courses_.begin(), courses_.end(), course) != courses_.end();
        return knows ? WrappedDouble::Token(course) : "";
    }
    std::string Cannot(const std::string&) const override { return "that is how it is"; }

    std::string twin = "none";

 private:
    std::vector<std::string> courses_;
};

Shop::Options Options() {
    return {kFolder + "/testing/twins/sandbox_mutants.so", kFolder + "/livery-plugin-host"};
}

TEST(ADouble, ThatNamesNoMethodThatPaysIsRefused) {
    CheatingDouble provider({});
    try {
        const Shop shop(Options(), provider);
        FAIL() << "it is taken";
    } catch (const std::runtime_error& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("give it a token for the course `ok`"));
    }
}

TEST(ADouble, CannotWaiveWhatEveryProviderHas) {
    CheatingDouble provider({"ok"});
    Shop shop(Options(), provider);
    for (const char* name : {"FAULT.reset_after_send", "IDEM.duplicate_key_same_result",
                             "FLOW.sale_ok", "MONEY.two_decimals_EUR"})
        EXPECT_EQ(Examine(*testing::FindCheck(name), shop).kind, Kind::kPassed) << name;
    provider.twin = "new_key_each_time";
    const Verdict verdict = Examine(*testing::FindCheck("IDEM.duplicate_key_same_result"), shop);
    EXPECT_EQ(verdict.kind, Kind::kFailed) << verdict.why;
    EXPECT_FALSE(verdict.waived);
}

TEST(ADouble, ThatDeclinesNothingProvesNothing) {
    CheatingDouble provider({"ok"});
    Shop shop(Options(), provider);
    const Verdict verdict = Examine(*testing::FindCheck("RECON.missing_there_found"), shop);
    EXPECT_EQ(verdict.kind, Kind::kFailed);
    EXPECT_THAT(verdict.why, HasSubstr("no provider lacks this"));
}

TEST(ADouble, WaivesWhatAProviderMayLackAndIsQuoted) {
    CheatingDouble provider({"ok"});
    Shop shop(Options(), provider);
    Report report{"x", "1", {}};
    for (const char* name : {"SCA.challenge_failed", "FLOW.sale_ok"})
        report.lines.push_back(
            {testing::FindCheck(name), Examine(*testing::FindCheck(name), shop)});
    const std::map<std::string, std::string> waived{{"SCA.challenge_failed", "that is how it is"}};
    EXPECT_EQ(report.Waived(), waived);
    EXPECT_EQ(CertificateOf(report).waived, waived);
    EXPECT_EQ(ToJson(report)["checks"]["challenge_failed"]["waived"], true);
    EXPECT_FALSE(ToJson(report)["checks"]["sale_ok"].contains("waived"));
    EXPECT_THAT(ToTable(report), HasSubstr("waived: that is how it is"));
    EXPECT_THAT(ToTable(report), HasSubstr("1 not applicable (1 waived by the double)"));
    EXPECT_THAT(ToPage(report), HasSubstr(">waived<"));
}

}  // namespace
}  // namespace livery::conformance
