// What a person asks for: days of a list once more.

#include <gtest/gtest.h>

#include <livery/json.h>

#include "app/compare_command.h"
#include "day_of_a_list.h"
#include "domain/comparison.h"

namespace livery::payments::testing {
namespace {

using std::chrono::days;

// Nobody's session: an audit log that keeps what it is told.
class KeptAudit final : public Audit {
 public:
    void Record(db::Transaction&, const Entry& entry) override {
        lines.push_back(std::string(entry.action) + ": " + std::string(entry.detail));
    }
    std::vector<Recorded> ListOf(const TenantId&, UserId, Uuid, int) override { return {}; }
    std::vector<Recorded> ListAbout(const TenantId&, SubjectId, Uuid, int) override { return {}; }
    std::vector<std::string> lines;
};

// Its refusals have words of their own.
class NoWords final : public TenantFormatters {
 public:
    std::unique_ptr<const Formatter> Of(const TenantId&, const std::string&) override { return {}; }
};

// No command here names an account.
class NoProfiles final : public BillingProfiles {
 public:
    Result<BillingProfile> Of(db::Transaction&, AccountId) override { return NotFound("nobody"); }
    std::vector<BillingProfile> OfRange(db::Transaction&, AccountId, AccountId) override {
        return {};
    }
};

class ComparingAgain : public ADayOfAList {
 protected:
    struct Said {
        int code = 0;
        std::string text;
    };
    Said Compare(const std::map<std::string, std::string>& options, bool json = false) {
        Said said;
        const Command command = CompareCommand(
            {checkout_.desk, refunds_, round_, reconciliation_, collection_.dunning(), objections_,
             audit_, checkout_.start, methods_, collection_, words_, profiles_});
        said.code = command.run({checkout_.tenant, checkout_.clock.Now(), options, json,
                                 [&](const std::string& line) { said.text += line + "\n"; },
                                 [](const std::string&) {}});
        return said;
    }
    Said Compare(Date from) { return Compare({{"from", ToIso(from)}}); }

    Methods methods_{checkout_.ports};
    ProviderEvents events_{checkout_.desk, refunds_, methods_};
    Round round_{{checkout_.janitor, refunds_, methods_, events_}};
    Collection collection_{checkout_.start, methods_, checkout_.ports};
    Objections objections_{checkout_.ports};
    KeptAudit audit_;
    NoWords words_;
    NoProfiles profiles_;
};

TEST_F(ComparingAgain, ListsWhatADatabaseThatWasSetBackForgot) {
    const Payment paid = Pay(2500);
    EXPECT_EQ(NextDay().matched, 1);
    checkout_.Forget();
    EXPECT_EQ(reconciliation_.Run(checkout_.tenant).lists, 0) << "that day was compared";
    EXPECT_TRUE(Open().empty());
    const Said said = Compare(Yesterday());
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(said.text, ToIso(Yesterday()) +
                             "  cards  1 listed, 0 matched, 1 new differences\n"
                             "payment-cases says what to do with them.\n");
    EXPECT_EQ(Only().kind, DifferenceKind::kMissingHere);
    EXPECT_EQ(Only().provider_id, paid.provider_id);
    EXPECT_EQ(audit_.lines, std::vector<std::string>{"lists.compared: " + ToIso(Yesterday()) +
                                                     " to " + ToIso(Yesterday()) + ", every list"});
}

TEST_F(ComparingAgain, SaysEachDayAsJson) {
    Pay(2500);
    NextDay();
    NextDay();
    const Said said = Compare(
        {{"from", ToIso(Yesterday() - days(1))}, {"to", ToIso(Yesterday())}, {"instance", "cards"}},
        true);
    EXPECT_EQ(said.code, 0);
    const auto list = nlohmann::json::parse(said.text);
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0], (nlohmann::json{{"day", ToIso(Yesterday() - days(1))},
                                       {"instance", "cards"},
                                       {"read", true},
                                       {"listed", 1},
                                       {"matched", 1},
                                       {"differences", 0},
                                       {"fault", ""}}));
    EXPECT_EQ(list[1]["day"], ToIso(Yesterday()));
}

TEST_F(ComparingAgain, SaysWhichListCouldNotBeRead) {
    Pay(1000);
    NextDay();
    checkout_.provider.list_breaks_at = 0;
    const Said said = Compare(Yesterday());
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.text.find("not read: "), std::string::npos) << said.text;
    EXPECT_NE(said.text.find("The next daily run reads it again."), std::string::npos) << said.text;
}

TEST_F(ComparingAgain, SaysWhatToDoAboutDaysThatCannotBe) {
    const std::string last = ToIso(Yesterday());
    const std::string today = ToIso(Yesterday() + days(1));
    EXPECT_EQ(Compare({{"from", "yesterday"}}).text, "--from: a day, such as 2026-03-31\n");
    EXPECT_EQ(Compare({{"from", last}, {"to", "2026-02-30"}}).text,
              "--to: a day, such as 2026-03-31\n");
    EXPECT_EQ(Compare(Yesterday() + days(1)).text,
              "--from: that day is not over; the last that is, by UTC, is " + last + "\n");
    EXPECT_EQ(Compare({{"from", last}, {"to", today}}).text,
              "--to: that day is not over; the last that is, by UTC, is " + last + "\n");
    EXPECT_EQ(Compare({{"from", last}, {"to", ToIso(Yesterday() - days(1))}}).text,
              "--to: a day from --from on\n");
    EXPECT_EQ(Compare(Yesterday() - days(30)).text,
              "At most 30 days at a time: give --to, or a later --from\n");
    EXPECT_EQ(Compare(Yesterday() - days(29)).code, 0);
    EXPECT_EQ(Compare(Yesterday() + days(1)).code, 64);
}

TEST_F(ComparingAgain, SaysWhichGatewaysCanList) {
    const std::string last = ToIso(Yesterday());
    EXPECT_EQ(Compare({{"from", last}, {"instance", "crads"}}).text,
              "--instance: crads cannot list; cards can\n");
    checkout_.provider.lists = false;
    const Said said = Compare(Yesterday());
    EXPECT_EQ(said.code, 1);
    EXPECT_EQ(said.text,
              "No gateway of this tenant can list what it took: compare what its provider shows "
              "with list-payments by hand\n");
    EXPECT_TRUE(audit_.lines.empty());
}

}  // namespace
}  // namespace livery::payments::testing
