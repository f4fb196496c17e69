#include "domain/document.h"

#include <gtest/gtest.h>

#include <livery/billing/price_promise.h>

#include "domain/wording.h"

namespace livery::invoices {
namespace {

const Currency kEuro = *Currency::Parse("EUR");
Line Charge(std::int64_t cents) { return Line::Of(LineKind::kCharge, Money(cents, kEuro)); }

Document With(std::vector<Line> lines) {
    Document document = Document::Draft({}, {}, kEuro, {});
    document.lines = std::move(lines);
    return document;
}

TEST(Discount, OfAnAmountIsSpreadAndNeverBelowZero) {
    Document document = With({Charge(1000), Charge(1000), Charge(1000), Charge(-50)});
    std::vector<Line*> lines;
    for (Line& line : document.lines) lines.push_back(&line);
    DiscountBy(lines, Money(1000, kEuro));
    EXPECT_EQ(document.lines[0].discount.minor_units(), 334);
    EXPECT_EQ(document.lines[2].discount.minor_units(), 333);
    EXPECT_EQ(document.lines[3].discount.minor_units(), 0);
    DiscountBy(lines, Money(5000, kEuro));
    EXPECT_EQ(document.Total().minor_units(), -50);
}

TEST(Discount, OfAPercentageIsOfEachLine) {
    Document document = With({Charge(999), Charge(1)});
    DiscountBy({&document.lines[0], &document.lines[1]}, Decimal(50));
    EXPECT_EQ(document.lines[0].Charged().minor_units(), 499);
    EXPECT_EQ(document.lines[1].Charged().minor_units(), 0);
    DiscountBy({&document.lines[0]}, Decimal(100));
    EXPECT_EQ(document.Total().minor_units(), 0);
}

TEST(ADocument, OfLessThanNothingIsACreditNote) {
    EXPECT_EQ(With({Charge(-1)}).KindByTotal(), DocumentKind::kCreditNote);
    EXPECT_EQ(With({Charge(0)}).KindByTotal(), DocumentKind::kInvoice);
}

TEST(ADocument, IsOverdueFromTheDayAfterItIsDue) {
    Document document = With({Charge(1)});
    document.due_on = *ParseDate("2027-01-15");
    EXPECT_FALSE(document.IsOverdue(*ParseDate("2027-02-01"))) << "a draft";
    document.status = Status::kOpen;
    EXPECT_FALSE(document.IsOverdue(*ParseDate("2027-01-15")));
    EXPECT_TRUE(document.IsOverdue(*ParseDate("2027-01-16")));
    document.status = Status::kPaid;
    EXPECT_FALSE(document.IsOverdue(*ParseDate("2027-01-16")));
}

TEST(APromise, IsKeptForAQuarterOfAnHourAndForTheSameLines) {
    const Instant shown{std::chrono::seconds(1'800'000'000)};
    const std::vector<Document> offer{With({Charge(999)})};
    const billing::PricePromise promise{shown, WordingOf(offer)};
    EXPECT_TRUE(promise.Keep(WordingOf(offer), shown + std::chrono::minutes(15)));
    EXPECT_EQ(promise.Keep(WordingOf(offer), shown + std::chrono::seconds(901)).error().message,
              "error.preview_expired");
    EXPECT_EQ(promise.Keep(WordingOf(offer), shown - std::chrono::seconds(1)).error().message,
              "error.preview_expired");
    EXPECT_EQ(promise.Keep(WordingOf({With({Charge(998)})}), shown).error().message,
              "error.price_changed");
    EXPECT_EQ(promise.Keep(WordingOf({}), shown).error().message, "error.price_changed");
}

}  // namespace
}  // namespace livery::invoices
