// What subscribers read of payments, rendered in every language.

#include "page_stage.h"
#include "web/payment_text.h"

namespace livery::payments::testing {
namespace {

TEST_F(Pages, TakeOnePaymentForSeveralInvoices) {
    const InvoiceId first = checkout_.Charge(3000);
    const InvoiceId second = checkout_.Charge(4550);
    const std::string to = Pay({{first, "30.00"}, {second, "10.50"}});
    const Payment payment = checkout_.Payments().front();
    EXPECT_EQ(to, "to /payments/" + payment.id.ToString());
    EXPECT_EQ(payment.amount, checkout_.Euros(4050));
    EXPECT_EQ(checkout_.provider.Charges(), 1);
    EXPECT_EQ(checkout_.Balance(second), 3500);
    EXPECT_SHOWS(Get("/payments/:id", Id(payment.id.ToString())), "€40.50");
    EXPECT_SHOWS(Get("/payments"), "RC-2026-000001");
    EXPECT_SHOWS(Get("/payments/:id", Id(PaymentId(MakeUuidV7(1, {})).ToString())), "error");
}

TEST_F(Pages, SayWhatIsWrongBesideTheAmount) {
    const InvoiceId invoice = checkout_.Charge(3000);
    EXPECT_SHOWS(Pay({{invoice, "abc"}}), "Enter an amount in digits, such as 30");
    EXPECT_SHOWS(Pay({{invoice, "-1"}}), "Enter an amount in digits, such as 30");
    EXPECT_SHOWS(Pay({{invoice, "30.01"}}), "This is more than is open");
    EXPECT_SHOWS(Pay({{invoice, ""}}), "at least one invoice");
    EXPECT_TRUE(checkout_.Payments().empty());
    checkout_.provider.Next(Does::kPend);
    EXPECT_SHOWS(Pay({{invoice, "30"}}), "to /payments/");
    EXPECT_SHOWS(Pay({{invoice, "30"}}), "is not over yet");
    EXPECT_EQ(checkout_.Payments().size(), 1U);
}

TEST_F(Pages, SayInEveryLanguageWhatToDoNext) {
    const std::map<std::string, std::string> declined{{"en-IE", "Your bank has said no this time"},
                                                      {"de-DE", "Ihre Bank hat diesmal abgelehnt"},
                                                      {"es-ES", "Su banco lo ha rechazado"},
                                                      {"ar-AE", "رفض البنك العملية"}};
    for (const auto& [locale, words] : declined) {
        locale_ = locale;
        const InvoiceId invoice = checkout_.Charge(3000);
        checkout_.provider.Next(Does::kDecline);
        Pay({{invoice, "30.00"}});
        const std::string page =
            Get("/payments/:id", Id(checkout_.Payments().front().id.ToString()));
        EXPECT_SHOWS(page, words);
        // No key stands where a word should.
        for (const char* key : {"payment_state.", "next_step.", "detail.", "list."})
            EXPECT_EQ(page.find(key), std::string::npos) << page;
    }
}

TEST_F(Pages, LeadOnToTheProvidersPageAndBack) {
    const InvoiceId invoice = checkout_.Charge(3000);
    checkout_.provider.Next(Does::kRequireAction);
    Pay({{invoice, "30.00"}});
    const Payment payment = checkout_.Payments().front();
    const std::string page = Get("/payments/:id", Id(payment.id.ToString()));
    EXPECT_SHOWS(page, "href=\"" + payment.action_url + "\"");
    EXPECT_SHOWS(page, "Please finish it on the payment page");
    checkout_.provider.CustomerPays(payment.reference);
    const std::string url = checkout_.provider.return_url;
    EXPECT_EQ(url.rfind("https://care.example/payments/return/", 0), 0U);
    Params token;
    token.Add("token", url.substr(url.rfind('/') + 1));
    EXPECT_EQ(Get("/payments/return/:token", token), "to /payments/" + payment.id.ToString());
    EXPECT_EQ(checkout_.Balance(invoice), 0);
}

// 3-D Secure at some banks: a form with a long field, and with what HTML writes in another way.
TEST_F(Pages, LeadByAFormWhereTheProviderWantsOne) {
    const std::string request(10'000, 'e');
    checkout_.provider.form = {{"PaReq", request}, {"MD", "a\"<b>&'+ \n"}, {"empty", ""}};
    const InvoiceId invoice = checkout_.Charge(3000);
    checkout_.provider.Next(Does::kRequireAction);
    Pay({{invoice, "30.00"}});
    const Payment payment = checkout_.Payments().front();
    const std::string path = "/payments/" + payment.id.ToString();
    EXPECT_SHOWS(Get("/payments/:id", Id(payment.id.ToString())), "href=\"" + path + "/go\"");
    const auto go = Ask(Method::kGet, "/payments/:id/go", Id(payment.id.ToString()));
    EXPECT_EQ(std::get<View>(*go).posts_to, payment.action_url);
    EXPECT_EQ(std::get<View>(*go).goes_on_to, "") << "a form is sent by whoever pays";
    const std::string page = Shown(go);
    EXPECT_SHOWS(page, "<form method=\"post\" action=\"" + payment.action_url + "\"");
    EXPECT_SHOWS(page, "name=\"PaReq\" value=\"" + request + "\"");
    EXPECT_SHOWS(page, "name=\"MD\" value=\"a&quot;&lt;b&gt;&amp;&apos;+ \n\"");
    EXPECT_SHOWS(page, "Continue to your bank");
    const auto form = page.find("action=\"" + payment.action_url);
    EXPECT_GT(page.find("csrf", form), page.find("</form>", form)) << "no business of theirs";
    // Once it is over nobody needs what the bank wanted.
    checkout_.provider.CustomerPays(payment.reference);
    const std::string url = checkout_.provider.return_url;
    Params token;
    token.Add("token", url.substr(url.rfind('/') + 1));
    EXPECT_EQ(Get("/payments/return/:token", token), "to " + path);
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_TRUE(checkout_.Payments().front().action_fields.empty());
}

TEST_F(Pages, LeadByAFormToWhereAMethodIsSetUp) {
    checkout_.provider.form = {{"PaReq", "eJx"}, {"MD", "m"}};
    checkout_.provider.SetUpsAre("requires_action");
    const std::string to = Shown(Ask(Method::kPost, "/payment-methods/add"));
    EXPECT_EQ(to.rfind("to /payment-methods/", 0), 0U) << to;
    const std::string id = to.substr(20, to.find('/', 20) - 20);
    EXPECT_SHOWS(Get("/payment-methods"), "href=\"/payment-methods/" + id + "/go\"");
    const auto go = Ask(Method::kGet, "/payment-methods/:id/go", Id(id));
    EXPECT_EQ(std::get<View>(*go).posts_to, "https://pay.example/setup");
    EXPECT_SHOWS(Shown(go), "name=\"PaReq\" value=\"eJx\"");
}

TEST_F(Pages, ReadAmountsAsTheLanguageWritesThem) {
    const InvoiceId invoice = checkout_.Charge(123450);
    locale_ = "de-DE";
    EXPECT_SHOWS(Pay({{invoice, "12,505"}}), "in Ziffern");
    EXPECT_TRUE(checkout_.Payments().empty());
    EXPECT_SHOWS(Pay({{invoice, "1.000,50"}}), "to /payments/");
    EXPECT_EQ(checkout_.Balance(invoice), 23400);
    locale_ = "ar-AE";
    EXPECT_SHOWS(Pay({{invoice, "١٠٠٫٢٥"}}), "to /payments/");
    EXPECT_EQ(checkout_.Balance(invoice), 13375);
    locale_ = "en-IE";
    EXPECT_SHOWS(Pay({{invoice, "12,50"}}), "Enter an amount in digits, such as 30");
    EXPECT_EQ(checkout_.Balance(invoice), 13375);
}

// A double click, or Back and Send once more: of 50.00 a part of 10.00 fits again and again.
TEST_F(Pages, PayOnceHoweverOftenOneFormIsSent) {
    const InvoiceId invoice = checkout_.Charge(5000);
    query_.Add("payment", PaymentId(MakeUuidV7(77, {})).ToString());
    const std::string first = Pay({{invoice, "10.00"}});
    EXPECT_SHOWS(first, "to /payments/");
    EXPECT_EQ(Pay({{invoice, "10.00"}}), first);
    EXPECT_EQ(checkout_.Balance(invoice), 4000);
    EXPECT_EQ(checkout_.Payments().size(), 1U);
    // Of another one who drew the same, or says so, it is nothing.
    visitor_.subject = SubjectOf(AccountId(MakeUuidV7(7, {})));
    EXPECT_EQ(Pay({{invoice, "10.00"}}).find(first), std::string::npos);
    visitor_.subject = SubjectOf(checkout_.account);
    // After a refusal it is another try, of the same form too.
    query_ = {};
    query_.Add("payment", PaymentId(MakeUuidV7(78, {})).ToString());
    checkout_.provider.Next(Does::kDecline);
    const std::string declined = Pay({{invoice, "10.00"}});
    EXPECT_EQ(checkout_.Balance(invoice), 4000);
    const std::string again = Pay({{invoice, "10.00"}});
    EXPECT_NE(again, declined);
    EXPECT_EQ(checkout_.Balance(invoice), 3000);
    // And that one is not taken twice either.
    EXPECT_EQ(Pay({{invoice, "10.00"}}), again);
    EXPECT_EQ(checkout_.Balance(invoice), 3000);
}

TEST_F(Pages, PayTheSameAgainAfterARefusal) {
    const InvoiceId part = checkout_.Charge(5000);
    const InvoiceId whole = checkout_.Charge(2000);
    checkout_.Charge(9900);
    checkout_.provider.Next(Does::kDecline);
    Pay({{part, "10.00"}, {whole, "20.00"}});
    const Payment declined = checkout_.Payments().front();
    EXPECT_SHOWS(Get("/payments/:id", Id(declined.id.ToString())),
                 "href=\"/payments/pay?again=" + declined.id.ToString() + "\"");
    query_.Add("again", declined.id.ToString());
    const auto typed = [&] { return TypedIn(std::get<View>(*Ask(Method::kGet, "/payments/pay"))); };
    EXPECT_EQ(typed(), (std::vector<std::string>{"10.00", "20.00"}));
    // Of what was paid meanwhile no more than is left.
    (void)checkout_.Pay(whole, 1500);
    EXPECT_EQ(typed(), (std::vector<std::string>{"10.00", "5.00"}));
    EXPECT_SHOWS(Pay({{part, "10.00"}, {whole, "5.00"}}), "to /payments/");
    EXPECT_EQ(checkout_.Balance(part), 4000);
    for (const auto& [name, value] :
         {std::pair{"invoice", "inv_nonsense"}, std::pair{"again", "pay_nonsense"}}) {
        query_ = {};
        query_.Add(name, value);
        EXPECT_SHOWS(Get("/payments/pay"), "error");
    }
    visitor_.subject = SubjectOf(AccountId(MakeUuidV7(1, {})));
    query_ = {};
    query_.Add("again", declined.id.ToString());
    EXPECT_SHOWS(Get("/payments/pay"), "error") << "it is somebody else's";
}

TEST_F(Pages, LetGoOfAPaymentThatWaits) {
    const auto cancel = [&](const Payment& payment, bool again) {
        Params form;
        if (again) form.Add("again", "yes");
        return Shown(Ask(Method::kPost, "/payments/:id/cancel", Id(payment.id.ToString()), form));
    };
    const InvoiceId invoice = checkout_.Charge(3000);
    const auto begin = [&] {
        checkout_.provider.Next(Does::kRequireAction);
        Pay({{invoice, "30.00"}});
        return checkout_.Payments().front();
    };
    const Payment first = begin();
    const std::string page = Get("/payments/:id", Id(first.id.ToString()));
    EXPECT_SHOWS(page, "Cancel this payment");
    EXPECT_SHOWS(page, "Start again");
    EXPECT_EQ(cancel(first, true), "to /payments/pay?again=" + first.id.ToString());
    EXPECT_EQ(checkout_.Payments().front().state, PaymentState::kCancelled);
    EXPECT_EQ(cancel(first, false), "to /payments/" + first.id.ToString());
    checkout_.clock.Set(checkout_.clock.Now() + std::chrono::seconds(1));
    // Paid in the other window meanwhile: that counts.
    const Payment second = begin();
    ASSERT_NE(second.id, first.id);
    checkout_.provider.CustomerPays(second.reference);
    EXPECT_EQ(cancel(second, true), "to /payments/" + second.id.ToString());
    EXPECT_EQ(checkout_.Balance(invoice), 0);
    EXPECT_SHOWS(cancel(second, false), "is not waiting for you any more");
    // Somebody else's.
    visitor_.subject = SubjectOf(AccountId(MakeUuidV7(7, {})));
    EXPECT_SHOWS(cancel(second, false), "error");
}

TEST_F(Pages, KeepTheCardThatWasPaidWithForWhoeverWantsThat) {
    const auto pay_new = [&](InvoiceId invoice, bool keep) {
        Params form;
        form.Add(invoice.ToString(), "30.00");
        form.Add("method", "new");
        if (keep) form.Add("keep", "1");
        Shown(Ask(Method::kPost, "/payments/pay", {}, form));
        return checkout_.Payments().front();
    };
    const auto kept = [&] { return methods_.Of(checkout_.tenant, checkout_.account); };
    pay_new(checkout_.Charge(3000), false);
    EXPECT_TRUE(kept().empty());
    // Declined: nothing is kept, whatever the provider names.
    const InvoiceId invoice = checkout_.Charge(3000);
    checkout_.provider.Next(Does::kDecline);
    pay_new(invoice, true);
    EXPECT_TRUE(kept().empty());
    // Only once it is paid; and once, however often that is heard.
    checkout_.provider.Next(Does::kRequireAction);
    const Payment payment = pay_new(invoice, true);
    EXPECT_TRUE(kept().empty());
    checkout_.provider.CustomerPays(payment.reference);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(checkout_.desk.LookUp(checkout_.tenant, payment));
    ASSERT_EQ(kept().size(), 1U);
    EXPECT_EQ(kept().front().token, "tok_" + checkout_.provider.Of(payment.reference)->id);
    EXPECT_TRUE(kept().front().is_default);
    EXPECT_SHOWS(Get("/payment-methods"), "1881");
    // The next payment needs no card; removed, it stays removed.
    Params form;
    const InvoiceId next = checkout_.Charge(1000);
    form.Add(next.ToString(), "10.00");
    form.Add("method", kept().front().id.ToString());
    form.Add("keep", "1");
    EXPECT_SHOWS(Shown(Ask(Method::kPost, "/payments/pay", {}, form)), "to /payments/");
    EXPECT_EQ(checkout_.provider.token, kept().front().token);
    EXPECT_EQ(checkout_.Balance(next), 0);
    EXPECT_EQ(kept().size(), 1U);
    EXPECT_SHOWS(
        Shown(Ask(Method::kPost, "/payment-methods/:id/remove", Id(kept().front().id.ToString()))),
        "to /payment-methods");
    ASSERT_TRUE(checkout_.desk.LookUp(checkout_.tenant, payment));
    EXPECT_EQ(kept().front().state, MethodState::kRemoved);
}

TEST_F(Pages, SayWhenAProviderLetsGoOfNothing) {
    checkout_.provider.cancels = false;
    checkout_.provider.Next(Does::kRequireAction);
    Pay({{checkout_.Charge(3000), "30.00"}});
    const Payment payment = checkout_.Payments().front();
    const std::string page = Get("/payments/:id", Id(payment.id.ToString()));
    EXPECT_SHOWS(page, "it expires by itself, and nothing is taken");
    EXPECT_EQ(page.find("Start again"), std::string::npos);
    EXPECT_SHOWS(
        Shown(Ask(Method::kPost, "/payments/:id/cancel", Id(payment.id.ToString()), Params())),
        "It cannot be cancelled here");
    EXPECT_EQ(checkout_.Payments().front().state, PaymentState::kRequiresAction);
}

TEST_F(Pages, TakeAPromiseOnce) {
    const auto promise = [&](const std::string& day) {
        Params form;
        form.Add("pays_by", day);
        return Shown(Ask(Method::kPost, "/payments/promise", {}, form));
    };
    EXPECT_SHOWS(promise("2026-03-10"), "Nothing is due");
    checkout_.Charge(3000);
    checkout_.clock.Set(Instant(*ParseDate("2026-04-10")));
    EXPECT_SHOWS(Get("/payments/promise"), "Promise to pay");
    for (const char* day : {"", "10/04/2026", "2026-04-09", "2026-05-11"})
        EXPECT_SHOWS(promise(day), "Choose a day from today") << day;
    EXPECT_EQ(promise("2026-05-10"), "to /payments");
    EXPECT_SHOWS(promise("2026-05-01"), "You have promised to pay this already");
    for (const char* locale : {"de-DE", "es-ES", "ar-AE"}) {
        locale_ = locale;
        EXPECT_EQ(promise("2026-05-01").find("error."), std::string::npos);
    }
}

TEST_F(Pages, ShowNobodyElsesPayments) {
    Pay({{checkout_.Charge(3000), "30.00"}});
    const std::string id = checkout_.Payments().front().id.ToString();
    EXPECT_SHOWS(Get("/payments/:id", Id(id)), "€30.00");
    visitor_.subject = SubjectId(MakeUuidV7(99, {}));
    EXPECT_EQ(Get("/payments/:id", Id(id)).rfind("error: ", 0), 0U);
    EXPECT_EQ(Get("/payments").find(id), std::string::npos);
}

TEST_F(Pages, KeepMethodsAndTheLastOfWhoPaysByItself) {
    const auto post = [&](const char* pattern, Params path = {}, Params form = {}) {
        return Shown(Ask(Method::kPost, pattern, std::move(path), std::move(form)));
    };
    Params on;
    on.Add("automatic", "on");
    EXPECT_SHOWS(post("/payment-methods/automatic", {}, on), "Add a card or account first");
    EXPECT_EQ(post("/payment-methods/add"), "to /payment-methods");
    EXPECT_EQ(post("/payment-methods/automatic", {}, on), "to /payment-methods");
    const std::string page = Get("/payment-methods");
    EXPECT_SHOWS(page, "Visa, ends in 4241");
    EXPECT_SHOWS(page, "Valid to the end of December 2027");
    EXPECT_SHOWS(page, "paid by themselves");
    const std::string id = methods_.Of(checkout_.tenant, checkout_.account)[0].id.ToString();
    EXPECT_SHOWS(post("/payment-methods/:id/remove", Id(id)), "Add another one first");
}

TEST_F(Pages, TakeWhatProvidersTellOnlyWithTheirSignature) {
    const Route& hook = RouteOf(Method::kPost, "/hooks/:instance");
    EXPECT_EQ(hook.access, Access::kProvesItself);
    Params path;
    path.Add("instance", "cards");
    body_ = R"([{"id":"e1","about":"payment","reference":"x"}])";
    EXPECT_EQ(Shown(Ask(Method::kPost, "/hooks/:instance", path)), "400");
    headers_.Add("X-Signature", "right");
    EXPECT_EQ(Shown(Ask(Method::kPost, "/hooks/:instance", path)), "202[accepted]");
    Params elsewhere;
    elsewhere.Add("instance", "wallets");
    EXPECT_EQ(Shown(Ask(Method::kPost, "/hooks/:instance", elsewhere)), "404");
}

// Warned, promised, suspended: whoever looks at his payments reads it, until he has paid.
TEST_F(Pages, SayHowTheAccountStands) {
    auto settings = std::make_shared<PaymentSettings>();
    settings->instance = "cards";
    settings->dunning.resize(2);
    settings->dunning[0].name = "warning", settings->dunning[0].at_days = 3;
    settings->dunning[1].name = "blocked", settings->dunning[1].at_days = 9,
    settings->dunning[1].action = "block";
    checkout_.tenant.settings["payments"] = settings;
    const InvoiceId invoice = checkout_.Charge(1190);
    const auto treat = [&](int days) {
        checkout_.clock.Set(checkout_.clock.Now() + std::chrono::days(days));
        collection_.RunDay(checkout_.tenant,
                           std::chrono::floor<std::chrono::days>(checkout_.clock.Now()));
        return Get("/payments");
    };
    EXPECT_EQ(Get("/payments").find("open for too long"), std::string::npos);
    EXPECT_NE(treat(20).find("open for too long"), std::string::npos);
    ASSERT_TRUE(collection_.dunning()
                    .Promise(checkout_.tenant, checkout_.account,
                             std::chrono::floor<std::chrono::days>(checkout_.clock.Now()) +
                                 std::chrono::days(2),
                             "subscriber")
                    .has_value());
    EXPECT_NE(Get("/payments").find("You have promised to pay by"), std::string::npos);
    const std::string blocked = treat(10);
    EXPECT_NE(blocked.find("is suspended"), std::string::npos) << blocked;
    EXPECT_EQ(blocked.find("You have promised"), std::string::npos) << "that is over";
    ASSERT_TRUE((*checkout_.Pay(invoice, 1190)).has_value());
    EXPECT_EQ(Get("/payments").find("role=\"status\""), std::string::npos) << "and it is clear";
}

TEST_F(Pages, ShowWhatABankTookBackAndGaveAgain) {
    const InvoiceId invoice = checkout_.Charge(1190);
    const auto paid = checkout_.Pay(invoice, 1190);
    ASSERT_TRUE(refunds_.ChargeBack(checkout_.tenant, {(*paid)->id, checkout_.Euros(500), "bank"})
                    .has_value());
    ASSERT_TRUE(refunds_.Reverse(checkout_.tenant, {(*paid)->id, checkout_.Euros(500), "bank"})
                    .has_value());
    for (const std::string& page :
         {Get("/payments"), Get("/payments/:id", Id((*paid)->id.ToString()))}) {
        EXPECT_NE(page.find("Taken back by the bank"), std::string::npos) << page;
        EXPECT_NE(page.find("-€5.00"), std::string::npos) << page;
        EXPECT_NE(page.find("Given back by the bank"), std::string::npos) << page;
    }
}

TEST_F(Pages, HaveWordsForEveryStateAndLetter) {
    for (const char* locale : {"en-IE", "de-DE", "es-ES", "ar-AE"}) {
        const std::string words = std::string(locale).substr(0, 2);
        const view::IcuFormatter t(locale, "UTC", library_.TextsOf("payments", words),
                                   view::IcuFormatter::Missing::kThrow);
        for (int state = 0; state <= static_cast<int>(PaymentState::kFailedLate); ++state) {
            const Payment payment{.state = static_cast<PaymentState>(state),
                                  .amount = checkout_.Euros(1),
                                  .given_back = checkout_.Euros(0)};
            EXPECT_FALSE(StateText(payment, {}, t).empty());
            EXPECT_NO_THROW(NextStepText(payment, {}, t));
        }
        for (const DeclineClass decline : {DeclineClass::kSoft, DeclineClass::kHard,
                                           DeclineClass::kAuthenticate, DeclineClass::kOurs})
            EXPECT_FALSE(t.Text("next_step." + std::string(ToString(decline))).empty());
        for (const char* letter :
             {"received", "not_paid", "came_back", "paid_back", "refused_soft", "refused_hard",
              "refused_authenticate", "refused_ours", "refused_last", "reminder", "upcoming",
              "will_be_taken", "not_taken", "warning", "last_warning", "blocked", "collection",
              "cancellation", "expires"})
            for (const char* part : {".subject", ".heading", ".text", ".action"})
                EXPECT_FALSE(
                    t.Text("mail." + std::string(letter) + part, {{"brand", "x"}}).empty());
    }
}

}  // namespace
}  // namespace livery::payments::testing
