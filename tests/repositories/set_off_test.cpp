// What credit notes were used for, as it is kept: the same from both sides, and in every answer.

#include <gtest/gtest.h>

#include "app/biller.h"
#include "app/receivables.h"
#include "billing.h"
#include "stage.h"
#include "storage/document_repository.h"
#include "storage/set_off_repository.h"

namespace livery::kills {
namespace {

using invoices::Document;
using invoices::DocumentRepository;
using invoices::SetOff;

const Currency kEuro = *Currency::Parse("EUR");
Money Cents(std::int64_t cents) { return {cents, kEuro}; }

constexpr db::Statement kMore{"damage.set_off",
                              "UPDATE invoices_set_off SET amount = amount + 100 WHERE tenant_id = "
                              ":tenant AND amount = ?"};

Stage& TheStage() {
    static Stage stage(kShapes, db::Durability::kTestOnly);
    return stage;
}

class SetOffs : public testing::Test {
 protected:
    void SetUp() override { TheStage().Copy(tenant_.value()); }
    void TearDown() override { TheStage().Drop(tenant_.value()); }

    void In(const std::function<void(db::Transaction&)>& work) {
        TheStage().database().Transact(tenant_, work);
    }
    InvoiceId Charge(int euros, const char* day) {
        InvoiceId made;
        const invoices::ManualInvoice wanted{{{"A visit", Decimal(euros), Decimal(1), kEuro, "",
                                               "standard", std::vector<std::string>()}},
                                             "",
                                             false};
        In([&](db::Transaction& tx) {
            made = invoices::Biller(billing_.ports())
                       .Charge(tx, account_, wanted, *ParseDate(day))
                       ->front();
        });
        return made;
    }
    Document Find(InvoiceId id) {
        return *DocumentRepository::Find(TheStage().database(), tenant_, account_, id);
    }
    std::vector<std::pair<std::string, Money>> Seen(InvoiceId id) {
        std::vector<std::pair<std::string, Money>> seen;
        for (const SetOff& one :
             invoices::SetOffRepository::Of(TheStage().database(), tenant_, Find(id)))
            seen.emplace_back(one.number, one.amount);
        return seen;
    }

    TenantId tenant_{"set-off"};
    ShopBilling billing_{TheStage().database(), tenant_, TheStage().shop()};
    AccountId account_ = TheStage().shop().At(static_cast<std::size_t>(Shape::kArrear));
};

TEST_F(SetOffs, AreKnownToTheNoteAndToTheInvoices) {
    const InvoiceId first = Charge(30, "2026-01-01");
    const InvoiceId second = Charge(50, "2026-01-02");
    InvoiceId note;
    In([&](db::Transaction& tx) {
        note = *invoices::Receivables(billing_.ports())
                    .CreditInvoice(tx, account_, {second, Cents(4000), std::nullopt},
                                   *ParseDate("2026-01-03"));
    });
    InvoiceId granted;
    In([&](db::Transaction& tx) {
        granted = *invoices::Receivables(billing_.ports())
                       .GrantCredit(tx, account_, Cents(5000), "Sorry", *ParseDate("2026-01-04"));
    });
    const auto number = [&](InvoiceId id) { return Find(id).number; };
    using Rows = std::vector<std::pair<std::string, Money>>;
    EXPECT_EQ(Seen(note), (Rows{{number(second), Cents(4000)}}));
    EXPECT_EQ(Seen(granted), (Rows{{number(first), Cents(3000)}, {number(second), Cents(1000)}}));
    EXPECT_EQ(Seen(first), (Rows{{number(granted), Cents(3000)}}));
    EXPECT_EQ(Seen(second), (Rows{{number(note), Cents(4000)}, {number(granted), Cents(1000)}}));
    EXPECT_EQ(Find(granted).State(*ParseDate("2026-01-04")), "credited");

    // One document, or many of some days, or the whole book: they say the same.
    const auto expected = Find(granted).set_off;
    EXPECT_EQ(expected.size(), 2U);
    const auto all =
        DocumentRepository::InRange(TheStage().database(), tenant_, account_,
                                    {*ParseDate("2026-01-03"), *ParseDate("2026-01-04"), {}, 9});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all.front().set_off, Find(note).set_off);
    EXPECT_EQ(all.back().set_off, expected);
    In([&](db::Transaction& tx) {
        EXPECT_EQ(billing_.ports().books.Load(tx, account_).Find(granted)->set_off, expected);
    });
    EXPECT_EQ(TheStage().BrokenInvariants(tenant_.value()), "");

    In([&](db::Transaction& tx) { EXPECT_EQ(tx.Execute(kMore, {4000}), 1U); });
    const std::string broken = TheStage().BrokenInvariants(tenant_.value());
    EXPECT_NE(broken.find("I4: " + note.ToString()), std::string::npos) << broken;
    EXPECT_NE(broken.find("I4: " + second.ToString()), std::string::npos) << broken;
}

}  // namespace
}  // namespace livery::kills
