#include <gtest/gtest.h>
#include <liboath/oath.h>

#include "identity/recovery_code.h"
#include "identity/second_factor_repository.h"
#include "identity/second_factor_service.h"
#include "identity/testing/identity_test.h"
#include "identity/totp.h"

namespace livery::identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Instant At(std::int64_t unix_seconds) { return Instant(seconds(unix_seconds)); }

// RFC 6238 appendix B (SHA-1), the last six of its eight digits.
TEST(Totp, MakesTheCodesOfTheStandard) {
    const std::string secret = "12345678901234567890";
    const std::pair<std::int64_t, const char*> vectors[]{
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [at, code] : vectors) {
        EXPECT_EQ(MatchingStep(secret, code, At(at)), at / 30) << at;
        EXPECT_EQ(MatchingStep(secret, code, At(at + 30)), at / 30) << "one step late";
        EXPECT_EQ(MatchingStep(secret, code, At(at - 30)), at / 30) << "one step early";
        EXPECT_EQ(MatchingStep(secret, code, At(at + 60)), std::nullopt);
        if (at < 60) continue;  // liboath knows no time before 1970
        EXPECT_EQ(MatchingStep(secret, code, At(at - 60)), std::nullopt);
    }
}

TEST(Totp, TakesSixDigitsAndNothingElse) {
    for (const char* code :
         {"", "28708", "2870820", "28708a", "-87082", " 87082", "\xd9\xa2\xd9\xa8\xd9"})
        EXPECT_EQ(MatchingStep("12345678901234567890", code, At(59)), std::nullopt) << code;
}

// The format that authenticator apps read; names are percent-encoded.
TEST(Totp, WritesTheUriThatAppsRead) {
    EXPECT_EQ(TotpUri("Harbor & Co", "ann@x.example", "12345678901234567890"),
              "otpauth://totp/Harbor%20%26%20Co:ann%40x.example?secret="
              "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Harbor%20%26%20Co&algorithm=SHA1&digits=6"
              "&period=30");
}

TEST(SecretBox, OpensOnlyWhatItSealedForTheSameOwner) {
    const SecretBox box(std::string(32, 'k'));
    std::string sealed = box.Seal("secret", "harbor|ann");
    EXPECT_EQ(sealed.find("secret"), std::string::npos);
    EXPECT_EQ(box.Open(sealed, "harbor|ann"), "secret");
    EXPECT_EQ(box.Open(sealed, "harbor|bob"), std::nullopt) << "a row copied to another user";
    EXPECT_EQ(SecretBox(std::string(32, 'x')).Open(sealed, "harbor|ann"), std::nullopt);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string altered = sealed;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        EXPECT_EQ(box.Open(altered, "harbor|ann"), std::nullopt) << i;
    }
    EXPECT_EQ(box.Open("", "harbor|ann"), std::nullopt);
}

TEST(RecoveryCode, IsReadAsPeopleTypeIt) {
    const std::string code = NewRecoveryCode();
    EXPECT_EQ(code.size(), 11u);
    EXPECT_NE(code, NewRecoveryCode());
    EXPECT_EQ(RecoveryCodeKey("7k3qx-9dmt2"), "7K3QX9DMT2");
    EXPECT_EQ(RecoveryCodeKey(" o1Li 0 "), "01110");
}

class SecondFactorTest : public testing::IdentityTest {
 protected:
    void SetUp() override {
        IdentityTest::SetUp();
        ann = Add(harbor, "ann@x.example");
    }
    static Tenant TenantOf(const TenantId& id) {
        return Tenant{.id = id, .name = "Harbor", .currency = *Currency::Parse("EUR")};
    }
    // What an authenticator app would show for what the page shows.
    std::string CodeAt(Instant at) {
        std::string secret;
        database.Transact(harbor, [&](db::Transaction& tx) {
            secret = *box.Open(SecondFactorRepository::Find(tx, ann)->sealed_secret,
                               "harbor|" + ann.ToString());
        });
        char code[7];
        ::oath_totp_generate(secret.data(), secret.size(),
                             std::chrono::floor<seconds>(at.time_since_epoch()).count(), 30, 0, 6,
                             code);
        return code;
    }
    SecondFactor::Caller CallerOf(const std::string& token) {
        return {ann, identity.Find(harbor, token)->visitor.session, "192.0.2.1"};
    }
    template <class Change>
    auto Run(const Change& change) {
        std::optional<decltype(change(std::declval<db::Transaction&>()))> outcome;
        database.Transact(harbor, [&](db::Transaction& tx) { outcome = change(tx); });
        return *outcome;
    }
    Result<SecondFactor::Passed> Pass(const std::string& token, const std::string& code) {
        const auto caller = CallerOf(token);
        return Run([&](db::Transaction& tx) { return second_factor.Pass(tx, caller, code); });
    }
    std::string HalfOpen() { return SignIn(harbor, "ann@x.example", kPassword)->session.token; }
    // Signed in, with the second factor on; the clock has moved on to a fresh code.
    SecondFactor::TurnedOn TurnOn() {
        const auto caller = CallerOf(HalfOpen());
        EXPECT_TRUE(second_factor.Begin(TenantOf(harbor), ann, caller.session));
        const std::string code = CodeAt(clock.Now());
        const auto done =
            Run([&](db::Transaction& tx) { return second_factor.TurnOn(tx, caller, code); });
        clock.Set(clock.Now() + seconds(60));
        return *done;
    }

    const std::string host_key = std::string(32, 'k');
    SecretBox box{host_key};
    SecondFactorService second_factor{database, clock, ids, audit, host_key};
    UserId ann;
};

TEST_F(SecondFactorTest, ThePasswordAloneOpensNothingOnceItIsOn) {
    TurnOn();
    const auto outcome = SignIn(harbor, "ann@x.example", kPassword);
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->second_factor_due);
    const auto state = identity.Find(harbor, outcome->session.token);
    ASSERT_TRUE(state);
    EXPECT_EQ(state->stage, dispatch::Stage::kSecondFactorDue);
    const auto passed = Pass(outcome->session.token, CodeAt(clock.Now()));
    ASSERT_TRUE(passed);
    EXPECT_FALSE(identity.Find(harbor, outcome->session.token)) << "the half-open one is gone";
    EXPECT_EQ(identity.Find(harbor, passed->session.token)->stage, dispatch::Stage::kWhole);
}

TEST_F(SecondFactorTest, TheSamePageShowsTheSameKeyAndNothingIsInForceBeforeTheCode) {
    const auto mine = CallerOf(HalfOpen()).session;
    const auto first = second_factor.Begin(TenantOf(harbor), ann, mine);
    const auto second = second_factor.Begin(TenantOf(harbor), ann, mine);
    EXPECT_EQ(first->key, second->key);
    EXPECT_FALSE(second_factor.StatusOf(harbor, ann).on);
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", kPassword)->second_factor_due);
    clock.Set(clock.Now() + minutes(16));
    const auto caller = CallerOf(HalfOpen());
    const std::string code = CodeAt(clock.Now());
    EXPECT_EQ(Run([&](db::Transaction& tx) { return second_factor.TurnOn(tx, caller, code); })
                  .error()
                  .code,
              ErrorCode::kNotFound)
        << "a key that lay about for a quarter of an hour";
    EXPECT_NE(second_factor.Begin(TenantOf(harbor), ann, mine)->key, first->key);
}

TEST_F(SecondFactorTest, AKeyBelongsToTheSessionThatBeganIt) {
    const auto mine = CallerOf(HalfOpen());
    const auto theirs = CallerOf(HalfOpen());
    const auto seen = second_factor.Begin(TenantOf(harbor), ann, theirs.session);
    const auto own = second_factor.Begin(TenantOf(harbor), ann, mine.session);
    EXPECT_NE(seen->key, own->key) << "whoever knows the password must not know the key";
    const std::string code = CodeAt(clock.Now());
    EXPECT_EQ(Run([&](db::Transaction& tx) { return second_factor.TurnOn(tx, theirs, code); })
                  .error()
                  .code,
              ErrorCode::kNotFound);
    EXPECT_TRUE(Run([&](db::Transaction& tx) { return second_factor.TurnOn(tx, mine, code); }));
}

TEST_F(SecondFactorTest, TurningItOnEndsOtherSessionsAndGivesThisOneANewToken) {
    const std::string other = HalfOpen();
    const std::string before = HalfOpen();
    const auto caller = CallerOf(before);
    EXPECT_TRUE(second_factor.Begin(TenantOf(harbor), ann, caller.session));
    const std::string code = CodeAt(clock.Now());
    const auto done =
        Run([&](db::Transaction& tx) { return second_factor.TurnOn(tx, caller, code); });
    ASSERT_TRUE(done);
    EXPECT_FALSE(identity.Find(harbor, other));
    EXPECT_FALSE(identity.Find(harbor, before));
    EXPECT_TRUE(identity.Find(harbor, done->session.token));
    EXPECT_EQ(second_factor.StatusOf(harbor, ann).recovery_codes_left, 10);
    EXPECT_EQ(second_factor.Begin(TenantOf(harbor), ann, caller.session).error().code,
              ErrorCode::kConflict);
}

TEST_F(SecondFactorTest, ACodeWorksOnceAndAnOlderOneNeverAgain) {
    TurnOn();
    const std::string older = CodeAt(clock.Now() - seconds(30));
    const std::string code = CodeAt(clock.Now());
    EXPECT_TRUE(Pass(HalfOpen(), code));
    EXPECT_FALSE(Pass(HalfOpen(), code)) << "somebody looked over the shoulder";
    EXPECT_FALSE(Pass(HalfOpen(), older));
}

TEST_F(SecondFactorTest, WrongCodesLockAndTheRightPasswordDoesNotForgiveThem) {
    TurnOn();
    for (int i = 0; i < 5; ++i) {
        const auto passed = Pass(HalfOpen(), "000000");
        ASSERT_FALSE(passed);
        EXPECT_EQ(passed.error().fields.at(0).field, "code");
    }
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", kPassword)) << "both steps are locked";
    clock.Set(clock.Now() + seconds(31));
    EXPECT_TRUE(Pass(HalfOpen(), CodeAt(clock.Now())));
}

TEST_F(SecondFactorTest, ALockedHalfOpenSessionRefusesTheRightCodeToo) {
    TurnOn();
    const std::string waiting = HalfOpen();
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(Pass(waiting, "000000"));
    EXPECT_FALSE(Pass(waiting, CodeAt(clock.Now())));
    clock.Set(clock.Now() + seconds(31));
    EXPECT_TRUE(Pass(waiting, CodeAt(clock.Now())));
}

TEST_F(SecondFactorTest, AHalfOpenSessionLastsTenMinutesAndIsNoDevice) {
    TurnOn();
    const std::string token = HalfOpen();
    EXPECT_EQ(identity.ListSessions(harbor, ann).size(), 1u) << "only the one that is signed in";
    clock.Set(clock.Now() + minutes(10));
    EXPECT_FALSE(identity.Find(harbor, token));
}

TEST_F(SecondFactorTest, ARecoveryCodeWorksOnceAndForItsOwnerOnly) {
    const auto codes = TurnOn().recovery_codes;
    ASSERT_EQ(codes.size(), 10u);
    const auto passed = Pass(HalfOpen(), codes[3]);
    ASSERT_TRUE(passed);
    EXPECT_TRUE(passed->by_recovery_code);
    EXPECT_EQ(passed->recovery_codes_left, 9);
    EXPECT_FALSE(Pass(HalfOpen(), codes[3]));
    EXPECT_TRUE(Pass(HalfOpen(), codes[4]));
}

TEST_F(SecondFactorTest, RememberIsKeptAcrossTheSecondStep) {
    TurnOn();
    const auto outcome =
        identity.SignIn({harbor, "ann@x.example", kPassword, "192.0.2.1", "test", true});
    EXPECT_FALSE(outcome->session.remember) << "ten minutes are not thirty days";
    const auto passed = Pass(outcome->session.token, CodeAt(clock.Now()));
    ASSERT_TRUE(passed);
    EXPECT_TRUE(passed->session.remember);
    clock.Set(clock.Now() + std::chrono::hours(24 * 29));
    EXPECT_TRUE(identity.Find(harbor, passed->session.token));
}

TEST_F(SecondFactorTest, NewRecoveryCodesEndTheOldOnesAndTurningOffEndsAll) {
    const auto on = TurnOn();
    const auto caller = CallerOf(on.session.token);
    const auto renewed =
        Run([&](db::Transaction& tx) { return second_factor.RenewRecoveryCodes(tx, caller); });
    EXPECT_FALSE(Pass(HalfOpen(), on.recovery_codes[0]));
    EXPECT_TRUE(Pass(HalfOpen(), renewed->at(0)));
    EXPECT_TRUE(Run([&](db::Transaction& tx) { return second_factor.TurnOff(tx, caller); }));
    EXPECT_EQ(
        Run([&](db::Transaction& tx) { return second_factor.TurnOff(tx, caller); }).error().code,
        ErrorCode::kConflict);
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", kPassword)->second_factor_due);
}

TEST_F(SecondFactorTest, AWholeSessionIsNotAHalfOpenOne) {
    const auto on = TurnOn();
    EXPECT_EQ(Pass(on.session.token, CodeAt(clock.Now())).error().code,
              ErrorCode::kUnauthenticated);
}

TEST_F(SecondFactorTest, TheDatabaseHoldsNeitherTheKeyNorACode) {
    const auto on = TurnOn();
    const auto found =
        Run([&](db::Transaction& tx) { return *SecondFactorRepository::Find(tx, ann); });
    const std::string secret = *box.Open(found.sealed_secret, "harbor|" + ann.ToString());
    EXPECT_EQ(found.sealed_secret.find(secret), std::string::npos);
    SecondFactorService stolen(database, clock, ids, audit, std::string(32, 'x'));
    const auto caller = CallerOf(HalfOpen());
    EXPECT_FALSE(Run([&](db::Transaction& tx) {
        return stolen.Pass(tx, caller, on.recovery_codes[0]);
    })) << "hashes are keyed by the host";
}

}  // namespace
}  // namespace livery::identity
