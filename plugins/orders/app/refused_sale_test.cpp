#include "app/refused_sale.h"

#include <gtest/gtest.h>

namespace livery::orders {
namespace {

// "sale.refused tenant=hotels plan=seat".
class Lines final : public OperatorLog {
 public:
    void Warn(std::string_view event, std::initializer_list<Field> fields) override {
        std::string& line = lines.emplace_back(event);
        for (const Field& field : fields)
            line.append(" ").append(field.name).append("=").append(field.value);
    }
    std::vector<std::string> lines;
};

TEST(RefusedSale, IsSaidInWordsToWhoBuysAndOnceToWhoRunsTheHost) {
    Lines log;
    const TenantId tenant("hotels");
    const auto sold = UnlessCatalogRefused<int>(log, {tenant, "seat"}, []() -> Result<int> {
        throw CatalogRewritesPast("plans.seat: it was sold, and is gone");
    });
    ASSERT_FALSE(sold);
    EXPECT_EQ(sold.error().code, ErrorCode::kUnavailable);
    EXPECT_EQ(sold.error().message, "error.catalog_refused");
    EXPECT_EQ(log.lines, (std::vector<std::string>{"sale.refused tenant=hotels plan=seat "
                                                   "reason=plans.seat: it was sold, and is gone"}));
}

TEST(RefusedSale, IsNoneWhereTheWorkIsDoneOrRefusedForAnotherReason) {
    Lines log;
    const TenantId tenant("hotels");
    const auto work = [](Result<int> outcome) { return [=] { return outcome; }; };
    EXPECT_EQ(*UnlessCatalogRefused<int>(log, {tenant, "seat"}, work(7)), 7);
    const auto refused =
        UnlessCatalogRefused<int>(log, {tenant, "seat"}, work(Conflict("error.past_due")));
    EXPECT_EQ(refused.error().message, "error.past_due");
    EXPECT_TRUE(log.lines.empty());
}

}  // namespace
}  // namespace livery::orders
