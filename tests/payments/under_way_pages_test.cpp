// Pages of what is neither paid nor open: a payment that is not over, a bank that holds it, a
// provider that has not answered.

#include "page_stage.h"

namespace livery::payments::testing {
namespace {

class PagesOfWhatIsUnderWay : public Pages {
 protected:
    std::string Link(const std::string& label) {
        const auto form = Ask(Method::kGet, "/payments/pay");
        for (const ViewModel& link :
             std::get<ViewModel::List>(*std::get<View>(*form).model.Find("links")))
            if (link.Text("label").find(label) != std::string_view::npos)
                return std::string(link.Text("href"));
        return "";
    }
    std::string Post(const char* pattern, Params path = {}, Params form = {}) {
        return Shown(Ask(Method::kPost, pattern, std::move(path), std::move(form)));
    }
    std::string Automatic() {
        Params on;
        on.Add("automatic", "on");
        return Post("/payment-methods/automatic", {}, on);
    }
    PaymentWay way_{checkout_.database};
};

TEST_F(PagesOfWhatIsUnderWay, LeadToThePaymentAndAskForNoOther) {
    const InvoiceId paid = checkout_.Charge(3000);
    const InvoiceId open = checkout_.Charge(2000);
    EXPECT_FALSE(way_.WayFor(checkout_.tenant, paid)->is_under_way);
    checkout_.provider.Next(Does::kPend);
    const std::string to = Pay({{paid, "30.00"}});
    const std::string path = to.substr(3);
    const auto form = Ask(Method::kGet, "/payments/pay");
    EXPECT_EQ(TypedIn(std::get<View>(*form)), std::vector<std::string>{"20.00"});
    EXPECT_EQ(Link("is not over yet"), path);
    const auto way = way_.WayFor(checkout_.tenant, paid);
    EXPECT_TRUE(way->is_under_way);
    EXPECT_EQ(way->path, path);
    // Of a form that was drawn before.
    EXPECT_SHOWS(Pay({{paid, "30.00"}, {open, "20.00"}}), "is not over yet");
    EXPECT_EQ(checkout_.Payments().size(), 1U);
    checkout_.provider.BankPays(checkout_.Payments().front().reference);
    checkout_.LetTheJanitorFinish();
    EXPECT_EQ(Link("is not over yet"), "");
}

TEST_F(PagesOfWhatIsUnderWay, SayWhenNothingElseIsToBePaid) {
    const InvoiceId invoice = checkout_.Charge(3000);
    checkout_.provider.Next(Does::kPend);
    Pay({{invoice, "30.00"}});
    const auto form = Ask(Method::kGet, "/payments/pay");
    EXPECT_EQ(std::get<View>(*form).model.Text("intro"), "Nothing else is to be paid.");
}

TEST_F(PagesOfWhatIsUnderWay, SayThatABankHoldsIt) {
    const InvoiceId invoice = checkout_.Charge(1190);
    const Payment paid = **checkout_.Pay(invoice, 1190);
    const auto page = [&] { return Get("/payments/:id", Id(paid.id.ToString())); };
    EXPECT_EQ(page().find("Pay another way"), std::string::npos);
    ASSERT_TRUE(
        refunds_.ChargeBack(checkout_.tenant, {paid.id, checkout_.Euros(500), "bank"}).has_value());
    EXPECT_SHOWS(page(), "Paid, partly taken back by the bank");
    EXPECT_SHOWS(page(), "Pay another way");
    ASSERT_TRUE(
        refunds_.ChargeBack(checkout_.tenant, {paid.id, checkout_.Euros(690), "bank"}).has_value());
    for (const std::string& shown : {page(), Get("/payments")}) {
        EXPECT_SHOWS(shown, "badge-overdue\">Taken back by the bank");
        EXPECT_EQ(shown.find(">Paid<"), std::string::npos) << shown;
    }
    EXPECT_SHOWS(page(), "Your bank has taken money back");
    ASSERT_TRUE(
        refunds_.Reverse(checkout_.tenant, {paid.id, checkout_.Euros(1190), "bank"}).has_value());
    EXPECT_SHOWS(page(), "badge-paid\">Paid");
    EXPECT_EQ(page().find("Pay another way"), std::string::npos);
}

TEST_F(PagesOfWhatIsUnderWay, SayWhatAutomaticPaymentTakesAtOnceAndWhatCameOfIt) {
    EXPECT_EQ(Post("/payment-methods/add"), "to /payment-methods");
    EXPECT_EQ(Get("/payment-methods").find("taken at once"), std::string::npos);
    checkout_.Charge(3000);
    checkout_.Charge(1190);
    EXPECT_EQ(Get("/payment-methods").find("taken at once"), std::string::npos) << "not due yet";
    checkout_.clock.Set(checkout_.clock.Now() + std::chrono::days(40));
    EXPECT_SHOWS(Get("/payment-methods"), "€41.90 that is due is taken at once");
    checkout_.provider.Next(Does::kPend);
    EXPECT_EQ(Automatic(), "to /payments");
    const std::string list = Get("/payments");
    EXPECT_SHOWS(list, "Being processed");
    EXPECT_EQ(list.find("did not work"), std::string::npos) << list;
    checkout_.provider.BankDeclines(checkout_.Payments().front().reference);
    checkout_.LetTheJanitorFinish();
    EXPECT_SHOWS(Get("/payments"), "Your last automatic payment did not work");
}

TEST_F(PagesOfWhatIsUnderWay, SayWhenTheOthersAreTriedAgain) {
    Post("/payment-methods/add");
    Automatic();
    const InvoiceId left_open = checkout_.Charge(3000);
    const InvoiceId other = checkout_.Charge(1190);
    checkout_.clock.Set(checkout_.clock.Now() + std::chrono::days(40));
    checkout_.provider.Next(Does::kDecline);
    Automatic();
    const auto says_when = [&] {
        return Get("/payments").find("We try again on") != std::string::npos;
    };
    ASSERT_TRUE(says_when());
    checkout_.provider.Next(Does::kPend);
    Pay({{left_open, "30.00"}});
    EXPECT_TRUE(says_when()) << "the other one is tried";
    checkout_.provider.Next(Does::kPend);
    Pay({{other, "11.90"}});
    EXPECT_FALSE(says_when()) << "both are under way";
}

TEST_F(PagesOfWhatIsUnderWay, ShowACardThatNobodyKnowsOfYet) {
    checkout_.provider.SetUpsAre("");
    EXPECT_SHOWS(Post("/payment-methods/add"), "to /payment-methods/pm_");
    const std::string page = Get("/payment-methods");
    EXPECT_SHOWS(page, "have had no answer yet");
    EXPECT_EQ(page.find(">Finish<"), std::string::npos) << page;
}

TEST_F(PagesOfWhatIsUnderWay, TakeASecondClickOnRemoveForTheFirst) {
    Post("/payment-methods/add");
    const std::string id = methods_.Of(checkout_.tenant, checkout_.account)[0].id.ToString();
    for (int click = 0; click < 2; ++click)
        EXPECT_EQ(Post("/payment-methods/:id/remove", Id(id)), "to /payment-methods");
    EXPECT_EQ(checkout_.provider.detached, 1);
    visitor_.subject = SubjectOf(AccountId(MakeUuidV7(7, {})));
    EXPECT_SHOWS(Post("/payment-methods/:id/remove", Id(id)), "error");
}

}  // namespace
}  // namespace livery::payments::testing
