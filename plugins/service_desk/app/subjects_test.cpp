#include "app/subjects.h"

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

class PlainWords final : public Formatter {
 public:
    std::string_view language() const override { return "en"; }
    bool right_to_left() const override { return false; }
    std::string Text(std::string_view key) const override { return std::string(key); }
    std::string Text(std::string_view key, std::initializer_list<Arg>) const override {
        return std::string(key);
    }
    std::string Number(std::int64_t) const override { return ""; }
    std::string Amount(const Money&) const override { return ""; }
    std::string Number(const Decimal&) const override { return ""; }
    std::string UnitPrice(const Decimal&, Currency) const override { return ""; }
    std::string Day(Date, DateStyle) const override { return ""; }
    std::string Days(Date, Date) const override { return ""; }
    std::string Moment(Instant) const override { return ""; }
    Date DayOf(Instant) const override { return {}; }
};

// One invoice of one account.
class OneInvoice final : public TicketSubjectSource {
 public:
    OneInvoice(AccountId owner, InvoiceId id) : owner_(owner), id_(id) {}
    std::vector<Kind> Kinds() const override { return {{"invoice", "inv"}}; }
    std::optional<TicketSubject> Find(const Asked& asked, const Formatter& words) override {
        if (asked.account != owner_ || asked.id != id_.uuid()) return std::nullopt;
        return TicketSubject{words.Text("invoice"), "/invoices/" + id_.ToString(), ""};
    }

 private:
    AccountId owner_;
    InvoiceId id_;
};

class SubjectsTest : public ::testing::Test {
 protected:
    SubjectsTest() { tenant_.plugins = {"invoices"}; }
    std::optional<TicketSubject> Find(AccountId account, const About& about) const {
        return subjects_.Find(tenant_, account, about, [](const std::string&) {
            return std::make_unique<const PlainWords>();
        });
    }
    const AccountId ann_{MakeUuidV7(1, {})};
    const AccountId bob_{MakeUuidV7(2, {})};
    const InvoiceId invoice_{MakeUuidV7(3, {})};
    Tenant tenant_{.id = TenantId("harbor"), .currency = *Currency::Parse("EUR")};
    const TicketSubjectSources sources_{{"invoices", std::make_shared<OneInvoice>(ann_, invoice_)}};
    const Subjects subjects_{sources_};
};

TEST_F(SubjectsTest, AreNamedByTheirKindAndId) {
    const std::string text = "invoice:" + invoice_.ToString();
    const auto about = subjects_.Parse(tenant_, text);
    ASSERT_TRUE(about);
    EXPECT_EQ(*about, (About{"invoice", invoice_.uuid()}));
    EXPECT_EQ(subjects_.TextOf(*about), text);
}

TEST_F(SubjectsTest, AreNothingThatIsMisspelt) {
    const std::string id = invoice_.ToString();
    const std::vector<std::string> wrong = {"",
                                            "invoice",
                                            "invoice:",
                                            "invoice:inv_",
                                            "invoice:inv_x",
                                            "order:" + id,
                                            "invoice:ord_" + id.substr(4),
                                            ":" + id,
                                            "invoice:" + id + "x"};
    for (const std::string& text : wrong) EXPECT_FALSE(subjects_.Parse(tenant_, text)) << text;
}

TEST_F(SubjectsTest, AreThereForTheirAccountAlone) {
    const About about{"invoice", invoice_.uuid()};
    ASSERT_TRUE(Find(ann_, about));
    EXPECT_EQ(Find(ann_, about)->label, "invoice");
    EXPECT_FALSE(Find(bob_, about));
    EXPECT_FALSE(Find(ann_, {"invoice", ann_.uuid()}));
    EXPECT_FALSE(Find(ann_, {}));
}

TEST_F(SubjectsTest, AreNotThereForATenantThatHasNotEnabledTheirPlugin) {
    tenant_.plugins.clear();
    EXPECT_FALSE(subjects_.Parse(tenant_, "invoice:" + invoice_.ToString()));
    EXPECT_FALSE(Find(ann_, {"invoice", invoice_.uuid()}));
}

}  // namespace
}  // namespace livery::service_desk
