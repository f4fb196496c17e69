#include <algorithm>
#include <thread>

#include <liboath/oath.h>

#include "identity/second_factor_repository.h"
#include "identity/second_factor_service.h"
#include "identity/staff_service.h"
#include "identity/testing/identity_test.h"

namespace livery::identity {
namespace {

using Roles = std::set<std::string>;

class StaffTest : public testing::IdentityTest {
 protected:
    Result<Staff::Invited> Invite(const std::string& email, const Roles& roles,
                                  const TenantId& tenant = TenantId("harbor")) {
        Result<Staff::Invited> invited = NotFound("");
        database.Transact(tenant, [&](db::Transaction& tx) {
            invited = staff.Invite(tx, {email, "Bo", "en", roles}, {});
        });
        return invited;
    }
    Result<UserId> Accept(const std::string& token, const TenantId& tenant = TenantId("harbor")) {
        Result<UserId> accepted = NotFound("");
        const std::string hash = *identity.HashPassword(kPassword);
        database.Transact(tenant, [&](db::Transaction& tx) {
            accepted = staff.Accept(tx, token, hash, "192.0.2.1");
        });
        return accepted;
    }
    UserId AddMember(const std::string& email, const Roles& roles) {
        return *Accept(Invite(email, roles)->token);
    }
    template <class Action>
    Result<void> Do(const Action& action, const TenantId& tenant = TenantId("harbor")) {
        Result<void> done;
        database.Transact(tenant, [&](db::Transaction& tx) { done = action(tx); });
        return done;
    }
    Result<Identity::SignInOutcome> SignInToConsole(const std::string& email,
                                                    Realm realm = Realm::kConsole) {
        return identity.SignIn({harbor, email, kPassword, "192.0.2.1", "test", false, realm});
    }
    std::optional<dispatch::SessionState> StateOf(const SessionCookie& cookie) {
        return identity.Find(harbor, cookie.token);
    }

    // What an authenticator app would show.
    std::string CodeNow(UserId user) {
        std::string secret;
        database.Transact(harbor, [&](db::Transaction& tx) {
            secret = *SecretBox(std::string(32, 'k'))
                          .Open(SecondFactorRepository::Find(tx, user)->sealed_secret,
                                "harbor|" + user.ToString());
        });
        char code[7];
        ::oath_totp_generate(
            secret.data(), secret.size(),
            std::chrono::floor<std::chrono::seconds>(clock.Now().time_since_epoch()).count(), 30, 0,
            6, code);
        return code;
    }

    StaffService staff{database, clock, ids, audit};
    SecondFactorService second_factor{database, clock, ids, audit, std::string(32, 'k')};
};

TEST_F(StaffTest, AnInvitationIsGoodOnceForSevenDaysAtItsTenant) {
    const auto invited = Invite("bo@x.example", {"agent"});
    ASSERT_TRUE(invited);
    EXPECT_FALSE(SignInToConsole("bo@x.example")) << "no password yet";
    EXPECT_EQ(Accept(invited->token, lumen).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(staff.List(harbor).front().state, Staff::State::kInvited);
    EXPECT_TRUE(Accept(invited->token));
    EXPECT_EQ(Accept(invited->token).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(staff.List(harbor).front().state, Staff::State::kActive);
    EXPECT_TRUE(SignInToConsole("bo@x.example"));
    EXPECT_FALSE(SignInToConsole("bo@x.example", Realm::kPortal)) << "another realm, another login";
    EXPECT_TRUE(staff.List(lumen).empty());

    const auto late = Invite("cy@x.example", {"agent"});
    clock.Set(clock.Now() + std::chrono::hours(24 * 7) + std::chrono::seconds(1));
    EXPECT_EQ(Accept(late->token).error().code, ErrorCode::kNotFound);
}

TEST_F(StaffTest, ASecondInvitationEndsTheFirstAndTakesItsPlace) {
    const auto first = Invite("bo@x.example", {"agent"});
    const auto second = Invite("BO@x.example", {"billing"});
    ASSERT_TRUE(second);
    EXPECT_EQ(first->user, second->user);
    EXPECT_EQ(Accept(first->token).error().code, ErrorCode::kNotFound);
    EXPECT_TRUE(Accept(second->token));
    EXPECT_EQ(staff.List(harbor).front().roles, Roles{"billing"});
    EXPECT_EQ(Invite("bo@x.example", {"owner"}).error().code, ErrorCode::kConflict)
        << "an invitation must not raise who is here already";
}

TEST_F(StaffTest, NobodyWorksWithoutASecondStep) {
    const UserId user = AddMember("bo@x.example", {"agent"});
    const auto outcome = SignInToConsole("bo@x.example");
    ASSERT_TRUE(outcome && outcome->enrolment_due && !outcome->second_factor_due);
    const auto state = StateOf(outcome->session);
    EXPECT_EQ(state->stage, dispatch::Stage::kEnrolmentDue);
    EXPECT_TRUE(identity.ListSessions(harbor, user).empty()) << "not signed in yet";

    const Tenant tenant{.id = harbor, .name = "Harbor", .currency = *Currency::Parse("EUR")};
    ASSERT_TRUE(second_factor.Begin(tenant, user, state->visitor.session));
    const std::string code = CodeNow(user);
    SessionCookie whole;
    ASSERT_TRUE(Do([&](db::Transaction& tx) -> Result<void> {
        const auto on = second_factor.TurnOn(tx, {user, state->visitor.session, "192.0.2.1"}, code);
        if (!on) return on.error();
        whole = on->session;
        return {};
    }));
    EXPECT_FALSE(StateOf(outcome->session)) << "the half-open one is gone";
    EXPECT_EQ(StateOf(whole)->stage, dispatch::Stage::kWhole);
    EXPECT_EQ(StateOf(whole)->visitor.roles, Roles{"agent"});
    clock.Set(clock.Now() + std::chrono::minutes(29));
    EXPECT_TRUE(StateOf(whole)) << "longer than the time to set it up";

    const auto next = SignInToConsole("bo@x.example");
    EXPECT_TRUE(next->second_factor_due && !next->enrolment_due);
}

TEST_F(StaffTest, TheTimeToSetItUpEnds) {
    AddMember("bo@x.example", {"agent"});
    const auto outcome = SignInToConsole("bo@x.example");
    clock.Set(clock.Now() + std::chrono::minutes(14));
    EXPECT_TRUE(StateOf(outcome->session));
    clock.Set(clock.Now() + std::chrono::minutes(1));
    EXPECT_FALSE(StateOf(outcome->session));
}

TEST_F(StaffTest, TheLastOwnerStays) {
    const UserId first = AddMember("bo@x.example", {"owner", "agent"});
    ASSERT_TRUE(Invite("waits@x.example", {"owner"}));
    const auto demote = [&](UserId user) {
        return Do([&](db::Transaction& tx) { return staff.SetRoles(tx, user, {"agent"}, {}); });
    };
    const auto close = [&](UserId user) {
        return Do([&](db::Transaction& tx) { return staff.Close(tx, user, {}); });
    };
    EXPECT_EQ(demote(first).error().code, ErrorCode::kConflict) << "who only waits is no owner";
    EXPECT_EQ(close(first).error().code, ErrorCode::kConflict);
    EXPECT_EQ(staff.List(harbor).size(), 2U);
    const UserId second = AddMember("cy@x.example", {"owner"});
    EXPECT_TRUE(demote(first));
    EXPECT_EQ(demote(second).error().code, ErrorCode::kConflict);
    EXPECT_EQ(close(second).error().code, ErrorCode::kConflict);
}

TEST_F(StaffTest, OfTwoOwnersWhoRemoveEachOtherOneStays) {
    const UserId first = AddMember("bo@x.example", {"owner"});
    const UserId second = AddMember("cy@x.example", {"owner"});
    const auto set = [&](UserId user, const Roles& roles) {
        return Do([&](db::Transaction& tx) { return staff.SetRoles(tx, user, roles, {}); });
    };
    for (int round = 0; round < 20; ++round) {
        for (const UserId user : {first, second}) ASSERT_TRUE(set(user, {"owner"}));
        std::thread other([&] { (void)set(first, {"agent"}); });
        (void)set(second, {"agent"});
        other.join();
        const auto everybody = staff.List(harbor);
        const auto owners = std::count_if(everybody.begin(), everybody.end(), [](const auto& one) {
            return one.roles.contains("owner");
        });
        ASSERT_EQ(owners, 1) << "in round " << round;
    }
}

TEST_F(StaffTest, AClosedLoginOpensNothingUntilItIsReopened) {
    AddMember("owner@x.example", {"owner"});
    const UserId user = AddMember("bo@x.example", {"agent"});
    const auto session = SignInToConsole("bo@x.example")->session;
    ASSERT_TRUE(StateOf(session));
    ASSERT_TRUE(Do([&](db::Transaction& tx) { return staff.Close(tx, user, {}); }));
    EXPECT_FALSE(StateOf(session));
    EXPECT_FALSE(SignInToConsole("bo@x.example"));
    EXPECT_EQ(Invite("bo@x.example", {"agent"}).error().code, ErrorCode::kConflict);
    ASSERT_TRUE(Do([&](db::Transaction& tx) { return staff.Reopen(tx, user, {}); }));
    EXPECT_TRUE(SignInToConsole("bo@x.example"));
}

TEST_F(StaffTest, ClosingEndsTheLinksThatAreUnderWay) {
    AddMember("owner@x.example", {"owner"});
    const UserId user = AddMember("bo@x.example", {"agent"});
    std::string reset;
    database.Transact(harbor, [&](db::Transaction& tx) {
        reset = identity.IssueToken(tx, user, Identity::TokenPurpose::kResetPassword);
    });
    ASSERT_TRUE(Do([&](db::Transaction& tx) { return staff.Close(tx, user, {}); }));
    EXPECT_FALSE(Do([&](db::Transaction& tx) -> Result<void> {
        LIVERY_TRY(identity.RedeemToken(tx, reset, Identity::TokenPurpose::kResetPassword));
        return {};
    }));
}

TEST_F(StaffTest, ASecondFactorThatIsNotOnIsNotRemoved) {
    const UserId user = AddMember("bo@x.example", {"owner"});
    EXPECT_EQ(Do([&](db::Transaction& tx) { return staff.RemoveSecondFactor(tx, user, {}); })
                  .error()
                  .code,
              ErrorCode::kConflict);
}

TEST_F(StaffTest, SubscribersAndOtherTenantsAreNobody) {
    const UserId subscriber = Add(harbor, "ann@x.example");
    const UserId member = AddMember("bo@x.example", {"owner"});
    const auto act = [&](UserId user, const TenantId& tenant) {
        return Do([&](db::Transaction& tx) { return staff.SetRoles(tx, user, {"owner"}, {}); },
                  tenant);
    };
    EXPECT_EQ(act(subscriber, harbor).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(act(member, lumen).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(staff.List(harbor).size(), 1U);
}

TEST_F(StaffTest, WritesDownWhoChangedWhom) {
    const UserId owner = AddMember("owner@x.example", {"owner"});
    const UserId user = AddMember("bo@x.example", {"agent"});
    ASSERT_TRUE(Do([&](db::Transaction& tx) {
        return staff.SetRoles(tx, user, {"billing"}, {owner, "192.0.2.7"});
    }));
    const auto entries = audit.ListOf(harbor, owner, Uuid(), 1);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries.front().action, "staff.roles_set");
    EXPECT_EQ(entries.front().address, "192.0.2.7");
    EXPECT_EQ(entries.front().detail, "bo@x.example (billing)");
    const auto about = audit.ListAbout(harbor, SubjectId(user.uuid()), Uuid(), 10);
    ASSERT_EQ(about.size(), 3U) << "invited, joined, roles set";
    EXPECT_EQ(about.front().user, owner);
    EXPECT_EQ(about.back().action, "staff.invited");
    EXPECT_TRUE(audit.ListAbout(lumen, SubjectId(user.uuid()), Uuid(), 10).empty());
}

}  // namespace
}  // namespace livery::identity
