// The kit itself: every wrong twin of a gateway is found by the check that should. That our
// gateways pass, and the others, are tests of their own (certify.sandbox, …).
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/program_double.h"
#include "conformance/report.h"
#include "conformance/sandbox_double.h"
#include "conformance/testing/wrapped_double.h"

namespace livery::conformance {
namespace {

const std::string kFolder = LIVERY_BINARY_DIR;

struct Twin {
    std::string gateway;
    std::string name;
    std::string check;
};
void PrintTo(const Twin& twin, std::ostream* out) { *out << twin.gateway << " " << twin.name; }

// "= name | check | …" of mutants/GATEWAY.txt
std::vector<Twin> TwinsOf(const std::string& gateway) {
    std::vector<Twin> twins;
    std::ifstream file(fmt::format("{}/conformance/mutants/{}.txt", LIVERY_SOURCE_DIR, gateway));
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("= ")) continue;
        std::istringstream words(line.substr(2));
        Twin twin{gateway, "", ""};
        std::string bar;
        words >> twin.name >> bar >> twin.check;
        twins.push_back(twin);
    }
    return twins;
}

std::vector<Twin> Twins() {
    std::vector<Twin> twins;
    for (const char* gateway : {"sandbox", "gocardless", "adyen", "stripe"}) {
        for (Twin& twin : TwinsOf(gateway)) twins.push_back(std::move(twin));
    }
    return twins;
}

std::unique_ptr<Double> ProviderOf(const std::string& gateway) {
    if (gateway == "sandbox") return StartSandbox(kFolder + "/livery-sandbox-provider");
    return StartProgram(
        fmt::format("{} {}/tests/doubles/{}.mjs --alone", LIVERY_NODE, LIVERY_SOURCE_DIR, gateway));
}

// The double, for one twin of the gateway.
class ForTwin final : public testing::WrappedDouble {
 public:
    ForTwin(std::unique_ptr<Double> provider, std::string twin)
        : WrappedDouble(std::move(provider)), twin_(std::move(twin)) {}
    Json Config() const override {
        Json config = WrappedDouble::Config();
        config["mutant"] = twin_;
        return config;
    }

 private:
    std::string twin_;
};

// Wrong before anything of them is called.
const std::map<std::string, std::string> kWrongFiles{
    {"serves_every_version", "LOAD.refuses_other_major"},
    {"serves_its_minor_only", "LOAD.loads_with_host_abi_minor_plus_1"},
    {"takes_a_signal", "LOAD.static_init_does_nothing"},
    {"exports_more", "LOAD.only_its_entry_exported"},
    {"exports_weakly", "LOAD.no_unique_or_weak_globals"},
    {"has_a_run_path", "LOAD.needed_libs_whitelisted"}};

TEST(AWrongFile, IsFoundByTheCheckThatShould) {
    const auto provider = StartSandbox(kFolder + "/livery-sandbox-provider");
    for (const auto& [name, check] : kWrongFiles) {
        Shop shop({kFolder + "/testing/wrong/" + name + ".so", kFolder + "/livery-plugin-host"},
                  *provider);
        EXPECT_EQ(Examine(*testing::FindCheck(check), shop).kind, Verdict::Kind::kFailed) << name;
    }
}

// Of mutants/manifest.txt.
const std::set<std::string> kOfTheManifest{
    "CONF.config_schema_documents_every_key", "DESC.every_declared_capability_works",
    "DESC.every_undeclared_op", "HOOK.timestamp_too_old_or_future"};

TEST(AWrongManifest, IsFoundByTheChecksThatShould) {
    const auto provider = StartSandbox(kFolder + "/livery-sandbox-provider");
    Shop shop({kFolder + "/testing/twins/manifest_mutants.so", kFolder + "/livery-plugin-host"},
              *provider);
    for (const std::string& check : kOfTheManifest) {
        const Verdict verdict = Examine(*testing::FindCheck(check), shop);
        EXPECT_EQ(verdict.kind, Verdict::Kind::kFailed) << check << ": " << verdict.why;
    }
}

// Where no gateway can be wrong, the provider's stand-in is.
class SpoiltDouble final : public testing::WrappedDouble {
 public:
    SpoiltDouble() : WrappedDouble(StartSandbox(kFolder + "/livery-sandbox-provider")) {}
    std::string SecretOf(const std::string& name) const override {
        return name == "hook-key-of-the-shop" ? "another-key" : WrappedDouble::SecretOf(name);
    }
    bool HasToldAll() override { return true; }
};
const std::set<std::string> kOfTheDouble{"HOOK.two_active_secrets", "HOOK.valid_signature",
                                         "HOOK.ack_body_and_status_exact"};

TEST(ASpoiltDouble, IsFoundByTheChecksThatShould) {
    SpoiltDouble provider;
    Shop shop({kFolder + "/gateways/sandbox.so", kFolder + "/livery-plugin-host"}, provider);
    for (const std::string& check : kOfTheDouble) {
        const Verdict verdict = Examine(*testing::FindCheck(check), shop);
        EXPECT_EQ(verdict.kind, Verdict::Kind::kFailed) << check << ": " << verdict.why;
    }
}

class ATwin : public ::testing::TestWithParam<Twin> {};

TEST_P(ATwin, IsFoundByTheCheckThatShould) {
    const Check* check = testing::FindCheck(GetParam().check);
    ASSERT_NE(check, nullptr) << GetParam().check;
    const auto verdict_of = [&](const std::string& name) {
        const std::string& gateway = GetParam().gateway;
        ForTwin provider(ProviderOf(gateway), name);
        Shop shop({fmt::format("{}/testing/twins/{}_mutants.so", kFolder, gateway),
                   kFolder + "/livery-plugin-host"},
                  provider);
        return Examine(*check, shop);
    };
    const Verdict itself = verdict_of("none");
    EXPECT_EQ(itself.kind, Verdict::Kind::kPassed) << itself.why;
    const Verdict twin = verdict_of(GetParam().name);
    EXPECT_EQ(twin.kind, Verdict::Kind::kFailed) << "it was not found";
}

std::string NameOfTwin(const ::testing::TestParamInfo<Twin>& twin) { return twin.param.name; }

INSTANTIATE_TEST_SUITE_P(OfTheSandbox, ATwin, ::testing::ValuesIn(TwinsOf("sandbox")), NameOfTwin);
// Decided days later.
INSTANTIATE_TEST_SUITE_P(OfGoCardless, ATwin, ::testing::ValuesIn(TwinsOf("gocardless")),
                         NameOfTwin);
// Told, and not asked.
INSTANTIATE_TEST_SUITE_P(OfAdyen, ATwin, ::testing::ValuesIn(TwinsOf("adyen")), NameOfTwin);
// Sends forms.
INSTANTIATE_TEST_SUITE_P(OfStripe, ATwin, ::testing::ValuesIn(TwinsOf("stripe")), NameOfTwin);

// Checks without a twin look at the manifest, at the host's own doors, or at what every twin
// shares; another one that no twin can fail must be added here by hand.
TEST(Conformance, AlmostEveryCheckIsSeenToFail) {
    std::set<std::string> unproved;
    for (const Check& check : Checks()) {
        if (check.run != nullptr) unproved.insert(NameOf(check));
    }
    for (const Twin& twin : Twins()) unproved.erase(twin.check);
    for (const auto& [name, check] : kWrongFiles) unproved.erase(check);
    for (const std::string& check : kOfTheManifest) unproved.erase(check);
    for (const std::string& check : kOfTheDouble) unproved.erase(check);
    const std::set<std::string> known{
        "CONF.base_url_outside_allow_list_refused", "CONF.missing_required_key",
        "CONF.sandbox_vs_live_mismatch_detected", "CONF.unknown_key_refused",
        "DESC.min_max_amount_enforced", "DESC.undeclared_currency_refused_before_send",
        "HOOK.bad_or_missing_signature", "HOOK.batch_with_one_bad_item",
        "HOOK.event_for_other_tenant", "ISO.invalid_utf8_or_json_answer",
        "LOAD.manifest_matches_entry", "LOAD.manifest_section_present", "SEC.header_crlf_injection",
        // The host's own doors; of the second no manifest can sign less than the bytes (its
        // schema).
        "HOOK.constant_time_compare", "HOOK.signature_over_raw_bytes",
        "ISO.one_tenants_fault_leaves_others_latency",
        // Sanitizers, with which this suite is built, know no limit of
        // memory: what is left of it there is what ISO.segv asks.
        "ISO.memory_bomb"};
    EXPECT_THAT(unproved, ::testing::ContainerEq(known));
}

TEST(AReport, ReachesNoLevelThatAnUnknownCheckBelongsTo) {
    const Check sells{31, "FLOW", "sale_ok"};
    const Check recon{106, "RECON", "pages"};
    using Kind = Verdict::Kind;
    const auto level = [&](Kind first, Kind second) {
        return Report{"x", "1", {{&sells, {first, ""}}, {&recon, {second, ""}}}}.Level();
    };
    EXPECT_EQ(level(Kind::kPassed, Kind::kPassed), "L3");
    EXPECT_EQ(level(Kind::kPassed, Kind::kNotApplicable), "L3");
    EXPECT_EQ(level(Kind::kPassed, Kind::kFailed), "L2");
    EXPECT_EQ(level(Kind::kPassed, Kind::kNotImplemented), "L2");
    EXPECT_EQ(level(Kind::kFailed, Kind::kPassed), "none");
    EXPECT_EQ(level(Kind::kNotImplemented, Kind::kPassed), "none");
}

TEST(AReport, IsAPageThatNeedsNothingAndQuotesWhatGatewaysSay) {
    const Check check{31, "FLOW", "sale_ok"};
    const Report report{
        "x", "1", {{&check, {Verdict::Kind::kFailed, "<script>alert(1)</script>"}}}};
    const std::string page = ToPage(report);
    EXPECT_THAT(page, ::testing::HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for (const char* foreign : {"<script", "http://", "https://", "<link", "<img"})
        EXPECT_THAT(page, ::testing::Not(::testing::HasSubstr(foreign)));
    EXPECT_THAT(page, ::testing::HasSubstr("no level"));
    EXPECT_THROW(CertificateOf(report), std::logic_error);
}

TEST(AReport, ReachesALevelAndAllBelowIt) {
    const Check recon{106, "RECON", "pages"};
    const Report second{"x", "1", {{&recon, {Verdict::Kind::kFailed, ""}}}};
    EXPECT_TRUE(second.Reaches("L2"));
    EXPECT_TRUE(second.Reaches(""));
    EXPECT_FALSE(second.Reaches("L3"));
    const Check sale{31, "FLOW", "sale_ok"};
    EXPECT_FALSE((Report{"x", "1", {{&sale, {Verdict::Kind::kFailed, ""}}}}.Reaches("L1")));
}

}  // namespace
}  // namespace livery::conformance
