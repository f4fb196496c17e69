#include "domain/charged_once.h"

#include <gtest/gtest.h>

namespace livery::invoices {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
CivilTime At(const char* iso) { return *ParseCivilTime(iso); }

// A charge of so many cents for a part of a month.
Line Charge(int id, const char* from, const char* to, std::int64_t cents) {
    Line line = Line::Of(LineKind::kRecurring, Money(cents, kEuro));
    line.id = InvoiceLineId(MakeUuidV7(static_cast<std::uint64_t>(id), {}));
    line.key = billing::ChargeKey{.plan = "plan " + std::to_string(id)};
    line.covers = line.period = {At(from), At(to)};
    line.share = billing::ShareOf(line.covers, line.period, {});
    return line;
}

class ARun : public testing::Test {
 protected:
    void Billed(const Line& line) { billed_.push_back(BilledLine::Of(line)); }
    ChargingInput Input(const char* settled) const {
        return {timeline_, billed_, policies_,
                settled == nullptr ? std::nullopt : std::optional(At(settled)), At("2026-03-16")};
    }
    std::string Twice(const std::vector<Line>& due) const {
        const auto twice = ChargedAgain(Input("2026-03-10"), due);
        return twice ? ToIso(twice->from) + " " + ToIso(twice->to) : "";
    }
    std::string Unknown(const char* settled, const Line& due) const {
        std::string text;
        for (const Span& span : BeforeWhatIsKnown(Input(settled), {due}))
            text += ToIso(span.from) + " " + ToIso(span.to) + ";";
        return text;
    }

    const billing::Timeline timeline_{{}, {}, kEuro, "", {}, {}};
    const billing::Policies policies_;
    std::vector<BilledLine> billed_;
};

TEST_F(ARun, ChargesEachDayOnce) {
    Billed(Charge(1, "2026-03-01", "2026-04-01", 3100));
    EXPECT_EQ(Twice({Charge(2, "2026-04-01", "2026-05-01", 3000)}), "");
    EXPECT_EQ(Twice({Charge(2, "2026-03-15", "2026-04-15", 3000)}), "2026-03-15 2026-04-01");
    EXPECT_EQ(Twice({Charge(2, "2026-04-01", "2026-05-01", 3000),
                     Charge(3, "2026-04-20", "2026-05-20", 3000)}),
              "2026-04-20 2026-05-01");
}

TEST_F(ARun, MayChargeAgainWhatItGivesBack) {
    Billed(Charge(1, "2026-03-01", "2026-04-01", 3100));
    Line back = CorrectionOf(billed_.front(), LineKind::kRepair, Money(1700, kEuro));
    back.covers = {At("2026-03-15"), At("2026-04-01")};
    EXPECT_EQ(Twice({Charge(2, "2026-03-15", "2026-04-01", 3000), back}), "");
    EXPECT_EQ(Twice({Charge(2, "2026-03-14", "2026-04-01", 3000), back}), "2026-03-14 2026-03-15");
}

TEST_F(ARun, MayChargeAgainThatForWhichItKeepsNothing) {
    Billed(Charge(1, "2026-03-01", "2026-04-01", 3100));
    billed_.front().is_written_off = true;
    EXPECT_EQ(Twice({Charge(2, "2026-03-15", "2026-04-01", 3000)}), "");
    billed_.clear();
    Billed(Charge(1, "2026-03-01", "2026-04-01", 0));
    EXPECT_EQ(Twice({Charge(2, "2026-03-15", "2026-04-01", 3000)}), "");
    // A day of a cent a month: there is nothing to give back of it.
    billed_.clear();
    Billed(Charge(1, "2026-03-01", "2026-04-01", 1));
    EXPECT_EQ(Twice({Charge(2, "2026-03-31", "2026-04-01", 3000)}), "");
}

TEST_F(ARun, MustAskAboutTimeThatLinesItDoesNotKnowMayCharge) {
    Billed(Charge(1, "2026-03-01", "2026-04-01", 3100));
    EXPECT_EQ(Unknown("2026-03-10", Charge(2, "2026-02-15", "2026-03-15", 3000)),
              "2026-02-15 2026-03-01;");
    EXPECT_EQ(Unknown("2026-02-20", Charge(2, "2026-02-15", "2026-02-25", 3000)),
              "2026-02-15 2026-02-20;");
    EXPECT_EQ(Unknown("2026-03-10", Charge(2, "2026-03-15", "2026-04-15", 3000)), "");
    EXPECT_EQ(Unknown("2026-03-10T12:00:00", Charge(2, "2026-03-10", "2026-04-10", 3000)), "");
    // Nothing was billed before the first run.
    EXPECT_EQ(Unknown(nullptr, Charge(2, "2026-01-01", "2026-02-01", 3000)), "");
}

}  // namespace
}  // namespace livery::invoices
