// Every cut of every period: what is charged less what is given back, for all policies, anchors,
// lengths and awkward amounts, against nothing but what must be true of any tariff.
#include <gtest/gtest.h>

#include "domain/charging.h"

namespace livery::invoices {
namespace {

using billing::Policies;

const Currency kEuro = *Currency::Parse("EUR");
constexpr std::chrono::days kDay{1};
constexpr std::int64_t kCents[] = {1, 3, 999, 1995, 24995, 199995, 1'000'000'000};
constexpr int kAnchors[] = {1, 15, 28, 29, 30, 31};

struct Case {
    Policies policies;
    std::int64_t cents = 0;
    BillingGrid grid;
    Span period{};
};

billing::Timeline Selling(const Case& given, const std::vector<Span>& active) {
    billing::Timeline timeline{{}, {}, kEuro, "", {}, {}};
    billing::ChargeKey key;
    key.unit_price = Decimal(given.cents, 2);
    key.quantity = Decimal(1);
    for (const Span& span : active) {
        timeline.stretches.push_back(
            {key, span.from, span.to, span.from, given.grid, billing::BillingMode::kInAdvance, {}});
        timeline.sold.push_back({"Net", "Plan", "standard"});
    }
    return timeline;
}

class Cutting {
 public:
    explicit Cutting(const Case& given) : given_(given) {
        // The whole period is sold and charged first.
        Sell({given.period});
    }

    // From now on only `active` is sold. False when something is given back or charged again.
    void Sell(const std::vector<Span>& active) {
        const billing::Timeline timeline = Selling(given_, active);
        // When all of it is over: what ends later is given back then.
        const CivilTime now = given_.period.to;
        for (Line& line : ChargesDue({timeline, billed_, given_.policies, settled_, now})) {
            const std::int64_t amount = line.amount.minor_units();
            net_ += amount;
            ++lines_;
            if (!line.corrects) {
                line.id = InvoiceLineId(MakeUuidV7(static_cast<std::uint64_t>(lines_), {}));
                billed_.push_back(BilledLine::Of(line));
                continue;
            }
            for (BilledLine& billed : billed_) {
                if (billed.line.id == *line.corrects) billed.Give(line);
            }
        }
        settled_ = now;
    }
    std::int64_t net() const { return net_; }
    int lines() const { return lines_; }

 private:
    const Case& given_;
    std::vector<BilledLine> billed_;
    std::optional<CivilTime> settled_;
    std::int64_t net_ = 0;
    int lines_ = 0;
};

// What a day's cut leaves: never negative, never above the price, never less for a later cut.
void CutOnce(const Case& given, std::int64_t& cuts) {
    std::int64_t before = 0;
    for (CivilTime cut = given.period.from; cut <= given.period.to; cut += kDay) {
        Cutting cutting(given);
        ASSERT_EQ(cutting.net(), given.cents);
        cutting.Sell({{given.period.from, cut}});
        const std::int64_t net = cutting.net();
        ASSERT_GE(net, before) << ToIso(cut);
        ASSERT_LE(net, given.cents) << ToIso(cut);
        const int lines = cutting.lines();
        cutting.Sell({{given.period.from, cut}});
        ASSERT_EQ(cutting.lines(), lines) << "given back twice";
        // What was left, too: all is given back, exactly.
        cutting.Sell({});
        ASSERT_EQ(cutting.net(), 0) << ToIso(cut);
        before = net;
        ++cuts;
    }
    ASSERT_EQ(before, given.cents) << "cut at its end";
}

// A pause from one day to another, resumed, and then everything ends.
void CutTwice(const Case& given, std::chrono::days step, std::int64_t& cuts) {
    for (CivilTime out = given.period.from; out < given.period.to; out += step) {
        std::int64_t before = given.cents;
        for (CivilTime back = out + kDay; back <= given.period.to; back += step) {
            const std::vector<Span> rest{{given.period.from, out}, {back, given.period.to}};
            Cutting cutting(given);
            cutting.Sell(rest);
            const std::int64_t net = cutting.net();
            ASSERT_GE(net, 0);
            ASSERT_LE(net, before) << "a longer pause costs more: " << ToIso(back);
            cutting.Sell({{given.period.from, out}});
            ASSERT_GE(cutting.net(), 0);
            ASSERT_LE(cutting.net(), net);
            cutting.Sell({});
            ASSERT_EQ(cutting.net(), 0) << ToIso(out) << " … " << ToIso(back);
            before = net;
            ++cuts;
        }
    }
}

class EveryCut : public testing::TestWithParam<Policies::Proration> {
 protected:
    // Every period of the four years that have a 29 February, for one frequency and price.
    template <class Look>
    void EachPeriod(const char* frequency, std::int64_t cents, const Look& look) const {
        for (const int anchor : kAnchors) {
            const BillingGrid grid = BillingGrid::OnDay(*ParseCivilTime("2027-01-01"), anchor,
                                                        *Length::Parse(frequency));
            Case given{Policies{}, cents, grid, {}};
            given.policies.proration = GetParam();
            const CivilTime end = *ParseCivilTime("2031-01-01");
            for (int k = 0; grid.PointAt(k) < end; ++k) {
                given.period = {grid.PointAt(k), grid.PointAt(k + 1)};
                SCOPED_TRACE(std::string(frequency) + " from " + ToIso(given.period.from) + ", " +
                             std::to_string(cents));
                look(given);
                if (HasFatalFailure()) return;
            }
        }
    }
};

TEST_P(EveryCut, LeavesBetweenNothingAndThePrice) {
    std::int64_t cuts = 0;
    for (const char* frequency : {"month", "quarter", "year"}) {
        for (const std::int64_t cents : kCents)
            EachPeriod(frequency, cents, [&](const Case& given) { CutOnce(given, cuts); });
    }
    RecordProperty("cuts", std::to_string(cuts));
    EXPECT_GT(cuts, 180'000);
}

TEST_P(EveryCut, OfTwoLeavesBetweenNothingAndThePrice) {
    std::int64_t cuts = 0;
    for (const std::int64_t cents : kCents) {
        EachPeriod("month", cents,
                   [&](const Case& given) { CutTwice(given, std::chrono::days(4), cuts); });
        EachPeriod("quarter", cents,
                   [&](const Case& given) { CutTwice(given, std::chrono::days(13), cuts); });
        EachPeriod("year", cents,
                   [&](const Case& given) { CutTwice(given, std::chrono::days(41), cuts); });
    }
    RecordProperty("cuts", std::to_string(cuts));
    EXPECT_GT(cuts, 50'000);
}

INSTANTIATE_TEST_SUITE_P(Proration, EveryCut,
                         testing::Values(Policies::Proration::kActualDays,
                                         Policies::Proration::kFixed30,
                                         Policies::Proration::kToTheSecond));

}  // namespace
}  // namespace livery::invoices
