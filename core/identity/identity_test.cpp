#include "identity/testing/identity_test.h"

#include <thread>

#include <gtest/gtest.h>

#include "identity/rules.h"

namespace livery::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::IdentityTest;

TEST(LockFor, GrowsFromTheFifthFailureToAnHour) {
    EXPECT_EQ(LockFor(4), seconds(0));
    EXPECT_EQ(LockFor(5), seconds(30));
    EXPECT_EQ(LockFor(6), seconds(60));
    EXPECT_EQ(LockFor(1000), hours(1));
}

TEST(WrongPassword, SaysWhatIsWrong) {
    EXPECT_EQ(WrongPassword("short", "a@b.example"), "password.too_short");
    EXPECT_EQ(WrongPassword("Password123", "a@b.example"), "password.too_common");
    EXPECT_EQ(WrongPassword("Ann@Harbor.example", "ann@harbor.example"), "password.is_email");
    EXPECT_EQ(WrongPassword(std::string(201, 'x'), "a@b.example"), "password.too_long");
    EXPECT_EQ(WrongPassword("äöü ßéñ çø", "a@b.example"), std::nullopt)
        << "ten characters, seventeen bytes";
}

// What lists of leaked passwords hold, and its usual disguises.
TEST(WrongPassword, RefusesWhatEverybodyTries) {
    for (const char* common :
         {"1234567890", "qwertyuiop", "1q2w3e4r5t", "1qaz2wsx3edc", "P@ssw0rd123", "iloveyou123",
          "football123", "Summer2026!", "aaaaaaaaaaaa", "administrator", "abcdefghijk",
          "qwerty123456", "11.11.1990", "ann-marie1990"}) {
        EXPECT_EQ(WrongPassword(common, "ann-marie@b.example"), "password.too_common") << common;
    }
    for (const char* fine : {"many small words", "tJ8#kd0qpz", "harbour-light-2026"})
        EXPECT_EQ(WrongPassword(fine, "ann-marie@b.example"), std::nullopt) << fine;
}

TEST(LooksLikeEmail, RefusesWhatCouldBreakAMail) {
    EXPECT_TRUE(LooksLikeEmail("jörg@käse.example"));
    for (const char* text : {"", "a", "a@b", "@b.c", "a@.c", "a b@c.d", "a@b.c\r\nBcc: x@y.z",
                             "a@b@c.d", "<a@b.c>", "a@b."}) {
        EXPECT_FALSE(LooksLikeEmail(text)) << text;
    }
}

TEST_F(IdentityTest, TheSameAddressAtTwoTenantsIsTwoPeople) {
    EXPECT_NE(Add(harbor, "ann@x.example"), Add(lumen, "ann@x.example"));
    const auto outcome = SignIn(harbor, "ANN@x.example ", kPassword);
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(identity.Find(harbor, outcome->session.token));
    EXPECT_FALSE(identity.Find(lumen, outcome->session.token))
        << "a session is nothing at another tenant";
}

TEST_F(IdentityTest, WrongPasswordAndUnknownAddressGetTheSameAnswer) {
    Add(harbor, "ann@x.example");
    const auto wrong = SignIn(harbor, "ann@x.example", "not the password");
    const auto unknown = SignIn(harbor, "bob@x.example", "not the password");
    EXPECT_EQ(wrong.error().code, unknown.error().code);
    EXPECT_EQ(wrong.error().message, unknown.error().message);
}

TEST_F(IdentityTest, ARealmIsADoorOfItsOwn) {
    const UserId subscriber = Add(harbor, "ann@x.example");
    UserId agent;
    const std::string hash = *identity.HashPassword("quite another secret");
    database.Transact(harbor, [&](db::Transaction& tx) {
        agent = *identity.CreateUser(
            tx, {"ann@x.example", "Ann", hash, SubjectId(ids.Next()), "", Realm::kConsole});
        identity.MarkVerified(tx, agent);
    });
    EXPECT_NE(agent, subscriber);
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", "quite another secret"));
    const auto outcome = identity.SignIn(
        {harbor, "ann@x.example", "quite another secret", "192.0.2.1", "", false, Realm::kConsole});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(identity.Find(harbor, outcome->session.token)->realm, Realm::kConsole);
}

TEST_F(IdentityTest, ProvingThePasswordCountsLikeSigningIn) {
    const UserId user = Add(harbor, "ann@x.example");
    EXPECT_TRUE(identity.ProvePassword(harbor, user, kPassword, "192.0.2.1"));
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(identity.ProvePassword(harbor, user, "not the password", "192.0.2.1"));
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", kPassword)) << "locked";
}

TEST_F(IdentityTest, TheAuditLogHasEveryTryNewestFirst) {
    const UserId user = Add(harbor, "ann@x.example");
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", "not the password"));
    const std::string token = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    const SessionId session = identity.Find(harbor, token)->visitor.session;
    identity.SignOut(harbor, user, session, "192.0.2.1");
    identity.SignOut(harbor, user, session, "192.0.2.1");
    const auto entries = audit.ListOf(harbor, user, Uuid(), 10);
    std::vector<std::string> actions;
    for (const auto& entry : entries) actions.push_back(entry.action);
    EXPECT_EQ(actions, (std::vector<std::string>{"sign_out.done", "sign_in.done", "sign_in.wrong",
                                                 "user.verified", "user.created"}));
    EXPECT_EQ(entries.at(0).address, "192.0.2.1");
    EXPECT_EQ(audit.ListOf(harbor, user, entries.at(1).id, 10).size(), 3u) << "the next page";
    EXPECT_TRUE(audit.ListOf(lumen, user, Uuid(), 10).empty());
}

TEST_F(IdentityTest, FiveFailuresLockForAWhileEvenForTheRightPassword) {
    Add(harbor, "ann@x.example");
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(SignIn(harbor, "ann@x.example", "not the password"));
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", kPassword));
    clock.Set(clock.Now() + seconds(31));
    EXPECT_TRUE(SignIn(harbor, "ann@x.example", kPassword));
}

TEST_F(IdentityTest, AnOddUserAgentDoesNotStopASignIn) {
    const UserId user = Add(harbor, "ann@x.example");
    const auto outcome =
        identity.SignIn({harbor, "ann@x.example", kPassword, "192.0.2.1", "x\xff\xc3", false});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(identity.ListSessions(harbor, user).at(0).user_agent, "x??");
}

TEST_F(IdentityTest, AUserAgentThatNamesACardIsKeptWithoutItsNumber) {
    const UserId user = Add(harbor, "ann@x.example");
    ASSERT_TRUE(identity.SignIn({harbor, "ann@x.example", kPassword, "192.0.2.1",
                                 "Mozilla/5.0 (my card: 5105 1051 0510 5100)", false}));
    const std::string kept = identity.ListSessions(harbor, user).at(0).user_agent;
    EXPECT_EQ(kept.find("1051"), std::string::npos) << kept;
    EXPECT_EQ(kept.find("Mozilla/5.0"), 0U) << kept;
}

TEST_F(IdentityTest, AnUnverifiedPersonGetsNoSession) {
    Add(harbor, "ann@x.example", false);
    const auto outcome = SignIn(harbor, "ann@x.example", kPassword);
    ASSERT_TRUE(outcome);
    EXPECT_FALSE(outcome->verified);
    EXPECT_EQ(outcome->session.token, "");
}

TEST_F(IdentityTest, SessionsEndWhenIdleAtTheLatestAfterTwelveHoursAndOnSignOut) {
    Add(harbor, "ann@x.example");
    const Instant begin = clock.Now();
    const std::string token = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    for (Instant now = begin; now < begin + hours(12); now += minutes(20)) {
        clock.Set(now);
        ASSERT_TRUE(identity.Find(harbor, token)) << ToIso(now);
    }
    clock.Set(begin + hours(12));
    EXPECT_FALSE(identity.Find(harbor, token)) << "absolute limit";
    const std::string idle = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    clock.Set(clock.Now() + minutes(31));
    EXPECT_FALSE(identity.Find(harbor, idle)) << "idle limit";
    const std::string left = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    const auto visitor = identity.Find(harbor, left)->visitor;
    identity.SignOut(harbor, visitor.user, visitor.session, "192.0.2.1");
    EXPECT_FALSE(identity.Find(harbor, left));
}

TEST_F(IdentityTest, SigningInRemovesWhatIsOver) {
    static constexpr db::Statement kCount{
        "test.count_sessions", "SELECT COUNT(*) FROM identity_session WHERE tenant_id = :tenant"};
    const auto sessions = [&] {
        std::int64_t count = 0;
        for (const db::Row row : database.Query(harbor, kCount, {})) count = row.Int(0);
        return count;
    };
    Add(harbor, "ann@x.example");
    Add(harbor, "bob@x.example");
    ASSERT_TRUE(SignIn(harbor, "bob@x.example", kPassword));
    ASSERT_TRUE(SignIn(harbor, "ann@x.example", kPassword));
    ASSERT_TRUE(SignIn(harbor, "ann@x.example", kPassword));
    EXPECT_EQ(sessions(), 3);
    clock.Set(clock.Now() + minutes(31));
    ASSERT_TRUE(SignIn(harbor, "ann@x.example", kPassword));
    EXPECT_EQ(sessions(), 2) << "the new one, and that of somebody else";
}

TEST_F(IdentityTest, ChangingThePasswordEndsOtherSessionsAtOnce) {
    const UserId user = Add(harbor, "ann@x.example");
    const std::string here = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    const std::string there = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    const SessionId keep = identity.Find(harbor, here)->visitor.session;
    const auto change = [&](const std::string& current) {
        return identity.ChangePassword(harbor, {user, keep, "", current, "another long one"});
    };
    EXPECT_EQ(change("wrong").error().fields.at(0).field, "current");
    const auto changed = change(kPassword);
    ASSERT_TRUE(changed);
    EXPECT_FALSE(identity.Find(harbor, here)) << "whoever learnt the old token is out";
    ASSERT_TRUE(identity.Find(harbor, changed->token));
    EXPECT_EQ(identity.Find(harbor, changed->token)->visitor.session, keep);
    EXPECT_FALSE(identity.Find(harbor, there));
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", kPassword));
}

TEST_F(IdentityTest, ATokenWorksOnceEvenWhenTwoTryAtATime) {
    const UserId user = Add(harbor, "ann@x.example");
    for (int round = 0; round < 5; ++round) {
        std::string token;
        database.Transact(harbor, [&](db::Transaction& tx) {
            token = identity.IssueToken(tx, user, Identity::TokenPurpose::kResetPassword);
        });
        std::atomic<int> redeemed = 0;
        const auto redeem = [&] {
            bool mine = false;
            database.Transact(harbor, [&](db::Transaction& tx) {
                mine = identity.RedeemToken(tx, token, Identity::TokenPurpose::kResetPassword)
                           .has_value();
            });
            if (mine) ++redeemed;
        };
        std::thread one(redeem);
        std::thread two(redeem);
        one.join();
        two.join();
        EXPECT_EQ(redeemed, 1);
    }
}

TEST_F(IdentityTest, ATokenIsForItsPurposeItsTenantAndItsHour) {
    const UserId user = Add(harbor, "ann@x.example");
    std::string token;
    database.Transact(harbor, [&](db::Transaction& tx) {
        token = identity.IssueToken(tx, user, Identity::TokenPurpose::kResetPassword);
    });
    const auto works = [&](const TenantId& tenant, Identity::TokenPurpose purpose) {
        bool found = false;
        database.Transact(tenant, [&](db::Transaction& tx) {
            found = identity.RedeemToken(tx, token, purpose).has_value();
        });
        return found;
    };
    EXPECT_FALSE(works(lumen, Identity::TokenPurpose::kResetPassword));
    EXPECT_FALSE(works(harbor, Identity::TokenPurpose::kVerifyEmail));
    clock.Set(clock.Now() + minutes(61));
    EXPECT_FALSE(works(harbor, Identity::TokenPurpose::kResetPassword));
}

TEST_F(IdentityTest, ANewAddressIsProvedBeforeItOpensTheLogin) {
    const UserId ann = Add(harbor, "ann@x.example");
    const UserId bob = Add(harbor, "bob@x.example");
    const auto issue = [&](UserId user, const char* email) {
        std::string token;
        database.Transact(harbor, [&](db::Transaction& tx) {
            token = identity.IssueAddressChange(tx, user, email);
        });
        return token;
    };
    const auto redeem = [&](UserId user, const std::string& token) {
        Result<std::string> before = NotFound("not run");
        database.Transact(harbor, [&](db::Transaction& tx) {
            before = identity.RedeemAddressChange(tx, user, token);
        });
        return before;
    };
    const std::string first = issue(ann, "ann@one.example");
    EXPECT_TRUE(SignIn(harbor, "ann@x.example", kPassword)) << "nothing changed yet";
    EXPECT_EQ(redeem(bob, first).error().code, ErrorCode::kNotFound) << "another person's link";
    const std::string second = issue(ann, "Ann@Two.example");
    EXPECT_EQ(redeem(ann, first).error().code, ErrorCode::kNotFound) << "a new link ends the old";
    EXPECT_EQ(*redeem(ann, second), "ann@x.example");
    EXPECT_EQ(redeem(ann, second).error().code, ErrorCode::kNotFound) << "once";
    EXPECT_TRUE(SignIn(harbor, "ann@two.example", kPassword));
    EXPECT_FALSE(SignIn(harbor, "ann@x.example", kPassword));
    EXPECT_TRUE(redeem(ann, issue(ann, "ANN@two.example"))) << "one's own address in other letters";
    EXPECT_EQ(redeem(bob, issue(bob, "ann@two.example")).error().code, ErrorCode::kConflict);
    const std::string late = issue(bob, "bob@late.example");
    clock.Set(clock.Now() + hours(24));
    EXPECT_EQ(redeem(bob, late).error().code, ErrorCode::kNotFound);
}

TEST_F(IdentityTest, OnlyOwnSessionsCanBeEnded) {
    const UserId ann = Add(harbor, "ann@x.example");
    const UserId bob = Add(harbor, "bob@x.example");
    const std::string token = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    const SessionId session = identity.Find(harbor, token)->visitor.session;
    EXPECT_EQ(identity.EndSession(harbor, bob, session).error().code, ErrorCode::kNotFound);
    EXPECT_TRUE(identity.EndSession(harbor, ann, session));
    EXPECT_FALSE(identity.Find(harbor, token));
}

TEST_F(IdentityTest, TouchingTheSubjectRaisesTheVersionThatPagesAreKeptBy) {
    Add(harbor, "ann@x.example");
    const std::string token = SignIn(harbor, "ann@x.example", kPassword)->session.token;
    const auto before = *identity.Find(harbor, token);
    database.Transact(harbor, [&](db::Transaction& tx) { tx.Touch(before.visitor.subject); });
    EXPECT_GT(identity.Find(harbor, token)->data_version, before.data_version);
}

}  // namespace
}  // namespace livery::identity
