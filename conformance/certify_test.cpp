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

namespace livery::conformance {
namespace {

const std::string kFolder = LIVERY_BINARY_DIR;

std::string NameOf(const Check& check) { return fmt::format("{}.{}", check.group, check.name); }

const Check* FindCheck(const std::string& name) {
    for (const Check& check : Checks()) {
        if (NameOf(check) == name) return &check;
    }
    return nullptr;
}

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
    for (const char* gateway : {"sandbox", "gocardless", "adyen"}) {
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
class ForTwin final : public Double {
 public:
    ForTwin(std::unique_ptr<Double> provider, std::string twin)
        : provider_(std::move(provider)), twin_(std::move(twin)) {}
    Json Config() const override {
        Json config = provider_->Config();
        config["mutant"] = twin_;
        return config;
    }
    std::string SecretOf(const std::string& name) const override {
        return provider_->SecretOf(name);
    }
    std::string Token(const std::string& course) const override { return provider_->Token(course); }
    std::vector<PublishedDecline> Declines() const override { return provider_->Declines(); }
    std::map<std::string, int> Decimals() const override { return provider_->Decimals(); }
    std::vector<Movement> Ledger(const std::string& reference) override {
        return provider_->Ledger(reference);
    }
    void Advance(std::int64_t seconds) override { provider_->Advance(seconds); }
    void Break(const std::string& fault) override { provider_->Break(fault); }
    void Visit(const std::string& page, const std::string& what) override {
        provider_->Visit(page, what);
    }
    void Acknowledge(int status, const std::string& body) override {
        provider_->Acknowledge(status, body);
    }
    bool HasToldAll() override { return provider_->HasToldAll(); }
    Traits traits() const override { return provider_->traits(); }
    std::string Cannot(const std::string& check) const override { return provider_->Cannot(check); }
    std::string CustomerOf(const std::string& token) const override {
        return provider_->CustomerOf(token);
    }
    std::string OddEvent() const override { return provider_->OddEvent(); }
    std::vector<Delivered> Hooks(std::size_t count) override { return provider_->Hooks(count); }

 private:
    std::unique_ptr<Double> provider_;
    std::string twin_;
};

// Wrong before anything of them is called.
const std::map<std::string, std::string> kWrongFiles{
    {"serves_every_version", "LOAD.refuses_other_major"},
    {"serves_its_minor_only", "LOAD.loads_with_host_minor_plus_1"},
    {"takes_a_signal", "LOAD.static_init_does_nothing"}};

TEST(AWrongFile, IsFoundByTheCheckThatShould) {
    const auto provider = StartSandbox(kFolder + "/livery-sandbox-provider");
    for (const auto& [name, check] : kWrongFiles) {
        Shop shop({kFolder + "/testing/wrong/" + name + ".so", kFolder + "/livery-plugin-host"},
                  *provider);
        EXPECT_EQ(Examine(*FindCheck(check), shop).kind, Verdict::Kind::kFailed) << name;
    }
}

class ATwin : public testing::TestWithParam<Twin> {};

TEST_P(ATwin, IsFoundByTheCheckThatShould) {
    const Check* check = FindCheck(GetParam().check);
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

std::string NameOfTwin(const testing::TestParamInfo<Twin>& twin) { return twin.param.name; }

INSTANTIATE_TEST_SUITE_P(OfTheSandbox, ATwin, testing::ValuesIn(TwinsOf("sandbox")), NameOfTwin);
// Decided days later.
INSTANTIATE_TEST_SUITE_P(OfGoCardless, ATwin, testing::ValuesIn(TwinsOf("gocardless")), NameOfTwin);
// Told, and not asked.
INSTANTIATE_TEST_SUITE_P(OfAdyen, ATwin, testing::ValuesIn(TwinsOf("adyen")), NameOfTwin);

// Checks without a twin look at the manifest, at the host's own doors, or at what every twin
// shares; another one that no twin can fail must be added here by hand.
TEST(Conformance, AlmostEveryCheckIsSeenToFail) {
    std::set<std::string> unproved;
    for (const Check& check : Checks()) {
        if (check.run != nullptr) unproved.insert(NameOf(check));
    }
    for (const Twin& twin : Twins()) unproved.erase(twin.check);
    for (const auto& [name, check] : kWrongFiles) unproved.erase(check);
    const std::set<std::string> known{
        "CONF.base_url_outside_allow_list_refused", "CONF.config_schema_documents_every_key",
        "CONF.missing_required_key", "CONF.unknown_key_refused",
        "DESC.every_declared_capability_works", "DESC.every_undeclared_op_unsupported",
        "DESC.min_max_amount_enforced", "DESC.undeclared_currency_refused_before_send",
        "HOOK.bad_or_missing_signature", "CONF.sandbox_vs_live_mismatch_detected",
        "HOOK.ack_body_and_status_exact", "HOOK.batch_with_one_bad_item",
        "PERF.parallel_payments_no_cross_talk", "HOOK.event_for_other_tenant",
        "LOAD.needed_libraries_allowed", "LOAD.no_unique_or_weak_globals",
        "LOAD.only_its_entry_exported", "HOOK.event_says_paid_but_lookup_says_no",
        "HOOK.signature_over_raw_bytes", "HOOK.timestamp_too_old_or_future",
        "HOOK.two_active_secrets", "ISO.invalid_utf8_answer", "LOAD.create_destroy_1000x_no_leak",
        "LOAD.manifest_matches_entry", "LOAD.manifest_section_present", "SEC.line_breaks_injected",
        "SEC.secret_canary_never_said", "SEC.unicode_and_long_names", "TOKEN.set_default",
        // The host's own doors.
        "HOOK.constant_time_compare", "ISO.one_tenants_fault_leaves_others",
        // Sanitizers, with which this suite is built, know no limit of
        // memory: what is left of it there is what ISO.segv asks.
        "ISO.memory_bomb"};
    EXPECT_THAT(unproved, testing::ContainerEq(known));
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
    EXPECT_THAT(page, testing::HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for (const char* foreign : {"<script", "http://", "https://", "<link", "<img"})
        EXPECT_THAT(page, testing::Not(testing::HasSubstr(foreign)));
    EXPECT_THAT(page, testing::HasSubstr("no level"));
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
