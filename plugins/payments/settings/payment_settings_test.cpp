#include "settings/payment_settings.h"

#include <gtest/gtest.h>

namespace livery::payments {
namespace {

using config::Node;

Node Scalar(const std::string& text, int line) {
    return {.kind = Node::Kind::kScalar, .at = {line, 12}, .text = text};
}

Node Thresholds(const std::string& code, const std::string& amount) {
    Node amounts{.kind = Node::Kind::kMap, .at = {8, 3}};
    amounts.entries.push_back({code, {9, 5}, Scalar(amount, 9)});
    Node settings{.kind = Node::Kind::kMap, .at = {7, 1}};
    settings.entries.push_back({"reminder_thresholds", {8, 3}, amounts});
    return settings;
}

std::string ProblemsOf(const Node& node) {
    config::Problems problems;
    PaymentSettings::Schema().Read(node, config::Reader("tenant.yaml", problems));
    return problems.ToString();
}

TEST(PaymentSettings, ReadsThresholdsExactly) {
    config::Problems problems;
    const auto settings = PaymentSettings::Schema().Read(Thresholds("EUR", "10.00"),
                                                         config::Reader("tenant.yaml", problems));
    EXPECT_TRUE(problems.empty()) << problems.ToString();
    const Currency euro = *Currency::Parse("EUR");
    EXPECT_EQ(settings.reminder_thresholds.amounts.at(euro), Money(1000, euro));
}

TEST(PaymentSettings, SayWhereAThresholdIsNoAmountOfItsCurrency) {
    EXPECT_NE(ProblemsOf(Thresholds("EURO", "10.00"))
                  .find("tenant.yaml:9:5: reminder_thresholds.EURO: is no currency"),
              std::string::npos)
        << ProblemsOf(Thresholds("EURO", "10.00"));
    for (const char* amount : {"ten", "-1", "0.001", "10,00", ""})
        EXPECT_NE(ProblemsOf(Thresholds("EUR", amount))
                      .find("tenant.yaml:9:12: reminder_thresholds.EUR: is no amount of EUR; "
                            "write one such as 10.00"),
                  std::string::npos)
            << amount << ": " << ProblemsOf(Thresholds("EUR", amount));
    EXPECT_NE(ProblemsOf(Thresholds("JPY", "10.50")), "") << "finer than the yen";
    EXPECT_EQ(ProblemsOf(Thresholds("JPY", "1000")), "");
}

}  // namespace
}  // namespace livery::payments
