#include "domain/agreement_list.h"

#include <gtest/gtest.h>

namespace livery::subscriptions {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }
SubscriptionId Id(std::uint64_t n) { return SubscriptionId(MakeUuidV7(n, {})); }

class AgreementList : public testing::Test {
 protected:
    AgreementList() {
        billing::PlanVersion version;
        version.phases.push_back(
            {billing::PhaseKind::kEvergreen, std::nullopt, {{kEuro, Decimal(1)}}, {}, {}});
        shop_.products["net"] = {"net", "Net", "standard", {}};
        shop_.plans["basic"] = {"basic", "net", "Basic", {version}, {}, {}, {}};
    }
    void Add(std::uint64_t id, std::uint64_t base = 0) {
        Agreement agreement{Id(id), AccountId(), std::nullopt, kEuro, "", At("2027-01-01"),
                            {},     {},          {},           {},    ""};
        if (base != 0) agreement.base = Id(base);
        agreement.choices.push_back({At("2027-01-01"), "basic", {}, Decimal(1), At("2027-01-01")});
        agreement.anchors.push_back({At("2027-01-01"), At("2027-01-01"), 0});
        agreements_.push_back(std::move(agreement));
    }
    // The ids of a page, and where the next one goes on: "5 3 4 then 3".
    std::string Page(std::size_t limit, std::uint64_t before = 0,
                     std::optional<AgreementState> state = std::nullopt) const {
        ListQuery query{state, std::nullopt, limit};
        if (before != 0) query.before = Id(before);
        const ListPage page = PageOf(agreements_, shop_, query, At("2027-06-01"));
        std::string text;
        for (const Agreement* agreement : page.rows) text += Number(agreement->id) + " ";
        return text + (page.next ? "then " + Number(*page.next) : "end");
    }
    static std::string Number(SubscriptionId id) {
        for (std::uint64_t n = 1; n < 100; ++n) {
            if (Id(n) == id) return std::to_string(n);
        }
        return "?";
    }
    billing::Catalog shop_;
    std::vector<Agreement> agreements_;
};

TEST_F(AgreementList, NewestBundleFirstAndItsBaseBeforeItsAddons) {
    Add(2);
    Add(1, 2);  // made in the same millisecond, it happens to sort before its base
    Add(3);
    Add(4, 2);
    EXPECT_EQ(Page(50), "3 2 1 4 end");
}

TEST_F(AgreementList, ABundleIsNeverCut) {
    Add(1);
    Add(2);
    Add(3, 2);
    Add(4, 2);
    Add(5);
    EXPECT_EQ(Page(2), "5 then 5");
    EXPECT_EQ(Page(2, 5), "2 3 4 then 2");
    EXPECT_EQ(Page(2, 2), "1 end");
    EXPECT_EQ(Page(4), "5 2 3 4 then 2");
}

TEST_F(AgreementList, AFilterKeepsThoseInThatStateNow) {
    Add(1);
    Add(2);
    Add(3);
    agreements_[1].ends_at = At("2027-05-01");
    agreements_[2].ends_at = At("2027-07-01");
    EXPECT_EQ(Page(50, 0, AgreementState::kCancelled), "2 end");
    EXPECT_EQ(Page(50, 0, AgreementState::kCancelling), "3 end");
    EXPECT_EQ(Page(50, 0, AgreementState::kActive), "1 end");
    EXPECT_EQ(PageOf(agreements_, shop_, {AgreementState::kActive, {}, 1}, At("2027-06-01")).total,
              1);
}

}  // namespace
}  // namespace livery::subscriptions
