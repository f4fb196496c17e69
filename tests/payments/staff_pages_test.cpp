// The staff's pages of what waits for a person: what they show, and what comes of what is said
// there.

#include "app/numbers_of_invoices.h"
#include "domain/case_kind.h"
#include "page_stage.h"
#include "storage/objection_repository.h"
#include "web/case_pages.h"
#include "web/case_text.h"
#include "web/objection_pages.h"

namespace livery::payments::testing {
namespace {

// Who decided what, of the transactions that were kept.
class KeptAudit final : public Audit {
 public:
    void Record(db::Transaction&, const Entry& entry) override {
        EXPECT_TRUE(entry.user.has_value()) << entry.action;
        lines.push_back(std::string(entry.action) + " " + entry.user.value_or(UserId()).ToString() +
                        ": " + std::string(entry.detail));
    }
    std::vector<Recorded> ListOf(const TenantId&, UserId, Uuid, int) override { return {}; }
    std::vector<Recorded> ListAbout(const TenantId&, SubjectId, Uuid, int) override { return {}; }
    std::vector<std::string> lines;
};

class OneName final : public AccountNames {
 public:
    std::map<AccountId, std::string> Of(const TenantId&,
                                        const std::vector<AccountId>& accounts) override {
        std::map<AccountId, std::string> names;
        for (const AccountId account : accounts) names[account] = "Ann Lee & Sons";
        return names;
    }
};

class StaffPages : public Pages {
 protected:
    StaffPages() {
        cases_.AddTo(routes_);
        objection_pages_.AddTo(routes_);
        checkout_.tenant.roles["billing"].permissions = {"payments.read", "payments.decide"};
        checkout_.tenant.roles["agent"].permissions = {"payments.read"};
        visitor_.roles = {"billing"};
        visitor_.display_name = "Jo Roe";
        visitor_.user = UserId(MakeUuidV7(7, {}));
    }
    // A payment of which the provider names another amount.
    Payment Held() {
        invoice_ = checkout_.Charge(2500);
        checkout_.provider.Next(Does::kEchoOther);
        return **checkout_.Pay(invoice_, 2500);
    }
    Params NamedCase() { return Id(checkout_.Cases().front().ToString()); }
    Objection Objected(std::int64_t cents) {
        invoice_ = checkout_.Charge(2500);
        return *objections_.Open(checkout_.tenant, {checkout_.account, invoice_,
                                                    checkout_.Euros(cents), "Never <delivered>"});
    }
    std::string Listed(const char* pattern) {
        const Result<Reply> reply = Ask(Method::kGet, pattern);
        if (const auto* file = std::get_if<Response>(&*reply)) return file->body;
        std::string out;
        library_.Get({"default", language(), "", "list"})
            ->Render(ViewModel().Set("icons_url", "i"), std::get<View>(*reply).model, out);
        return out;
    }
    std::string Post(const std::string& pattern, const Params& path,
                     std::initializer_list<Params::Pair> fields) {
        Params form;
        for (const auto& [name, value] : fields) form.Add(name, value);
        const Result<Reply> reply = Ask(Method::kPost, pattern, path, form);
        if (reply && std::holds_alternative<Redirect>(*reply))
            return Shown(reply) + " " + std::get<Redirect>(*reply).notice;
        return Shown(reply);
    }
    Payment Now(const Payment& payment) {
        return *PaymentRepository::Find(checkout_.database, checkout_.tenant.id, payment.id);
    }
    std::string Noted(const char* action, const char* reason) {
        return std::string(action) + " " + visitor_.user.ToString() + ": " + reason;
    }

    static constexpr const char* kCase = "/console/payments/cases/:id";
    static constexpr const char* kDecide = "/console/payments/cases/:id/decide";
    static constexpr const char* kClose = "/console/payments/cases/:id/close";
    static constexpr const char* kObjection = "/console/payments/objections/:id";
    static constexpr const char* kObjectionDecide = "/console/payments/objections/:id/decide";

    KeptAudit audit_;
    OneName names_;
    invoices::NumbersOfInvoices numbers_{checkout_.database};
    Objections objections_{checkout_.ports};
    CasePages cases_{{checkout_.desk, refunds_, names_, audit_}};
    ObjectionPages objection_pages_{{checkout_.database, objections_, names_, numbers_, audit_}};
    InvoiceId invoice_;
};

TEST_F(StaffPages, ListWhatWaitsWithItsCustomerAndAFile) {
    EXPECT_SHOWS(Listed("/console/payments"), "No payment waits for a person.");
    Held();
    const std::string list = Listed("/console/payments");
    EXPECT_SHOWS(list, "The provider names another amount");
    EXPECT_SHOWS(list, "Ann Lee &amp; Sons");
    EXPECT_SHOWS(list, "€25.00");
    EXPECT_SHOWS(list, "One is open");
    EXPECT_SHOWS(list, "href=\"/console/payments/objections\"");
    query_.Add("kind", "bank");
    EXPECT_EQ(Listed("/console/payments").find("another amount"), std::string::npos);
    query_ = {};
    query_.Add("kind", "decide");
    query_.Add("format", "csv");
    EXPECT_SHOWS(Listed("/console/payments"), "\"25.00\"");
}

TEST_F(StaffPages, GoOnWhereAPageOfTheListEnds) {
    for (int i = 0; i < 2; ++i) Held();
    const auto first = OpenCaseRepository::Page(checkout_.database, checkout_.tenant.id, {}, {}, 1);
    ASSERT_EQ(first.size(), 1U);
    const auto rest = OpenCaseRepository::Page(checkout_.database, checkout_.tenant.id,
                                               CaseGroup::kDecide, first.front().one, 10);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_NE(rest.front().one.payment, first.front().one.payment);
    EXPECT_EQ(OpenCaseRepository::Count(checkout_.database, checkout_.tenant.id), 2);
}

TEST_F(StaffPages, DecideWhatBecameOfAPayment) {
    const Payment held = Held();
    const Params path = NamedCase();
    EXPECT_SHOWS(Get(kCase, path), "Look there what was taken, then decide it here.");
    EXPECT_SHOWS(Get(kCase, path), held.reference);
    EXPECT_SHOWS(Get(kCase, path), "/decide\"");
    EXPECT_EQ(Get(kCase, path).find("/close\""), std::string::npos) << "nobody knows of its money";
    EXPECT_SHOWS(Post(kDecide, path, {{"reason", "Seen"}}), "[Choose one of the answers]");
    EXPECT_SHOWS(
        Post(kDecide, path, {{"was_taken", "yes"}, {"amount", "much"}, {"reason", "Seen"}}),
        "[Enter an amount in digits");
    EXPECT_SHOWS(Post(kDecide, path, {{"was_taken", "yes"}}), "[Say why");
    EXPECT_EQ(Now(held).state, PaymentState::kHeld);
    EXPECT_TRUE(audit_.lines.empty());
    EXPECT_EQ(Post(kDecide, path, {{"was_taken", "yes"}, {"amount", "20.00"}, {"reason", "Seen"}}),
              "to /console/payments notice.case_decided");
    EXPECT_EQ(Now(held).state, PaymentState::kCaptured);
    EXPECT_EQ(checkout_.Balance(invoice_), 500);
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(audit_.lines, std::vector{Noted("payment.decided", "Seen")});
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(StaffPages, SayThatSomebodyElseWasFaster) {
    Held();
    const Params path = NamedCase();
    ASSERT_EQ(Post(kDecide, path, {{"was_taken", "yes"}, {"reason", "Seen"}}),
              "to /console/payments notice.case_decided");
    const std::string again =
        "to /console/payments/cases/" + path.begin()->second + " notice.overtaken";
    EXPECT_EQ(Post(kDecide, path, {{"was_taken", "no"}, {"reason", "Not there"}}), again);
    EXPECT_EQ(Post(kClose, path, {{"reason", "Seen to"}}), again);
    EXPECT_EQ(audit_.lines.size(), 1U) << "nothing was done";
    const std::string page = Get(kCase, path);
    EXPECT_SHOWS(page, "Jo Roe has seen to it");
    EXPECT_EQ(page.find("/decide\""), std::string::npos);
    EXPECT_SHOWS(Get(kCase, Id("1.000001.pay_1CVEuJhuLjRxY4bqyEbF33.dispute.")), "error: no such");
    EXPECT_SHOWS(Get(kCase, Id("nonsense")), "error: malformed");
}

TEST_F(StaffPages, CloseWhatIsSeenTo) {
    invoice_ = checkout_.Charge(2500);
    const Payment paid = **checkout_.Pay(invoice_, 2500);
    checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
        CaseRepository::Open(tx, {paid.id, "dispute", checkout_.clock.Now()});
    });
    const Params path = NamedCase();
    EXPECT_EQ(Get(kCase, path).find("/decide\""), std::string::npos) << "its money is known";
    EXPECT_SHOWS(Post(kClose, path, {{"reason", " "}}), "[Say why");
    EXPECT_EQ(checkout_.Cases().size(), 1U);
    EXPECT_EQ(Post(kClose, path, {{"reason", "Answered"}}),
              "to /console/payments notice.case_closed");
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(audit_.lines, std::vector{Noted("payment.case_closed", "Answered")});
}

TEST_F(StaffPages, DecideWhatBecameOfARefund) {
    invoice_ = checkout_.Charge(2500);
    const Payment paid = **checkout_.Pay(invoice_, 2500);
    checkout_.provider.RefundsAre("pending");
    const auto given = refunds_.Give(checkout_.tenant, {paid.id, checkout_.Euros(1000), "Rain"});
    checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
        CaseRepository::Open(tx, {paid.id, "refund_unresolved", checkout_.clock.Now(), given->id});
    });
    const Params path = NamedCase();
    EXPECT_SHOWS(Get(kCase, path), "(this one)");
    EXPECT_SHOWS(Get(kDecide, path), "What became of the refund?");
    EXPECT_EQ(Post(kDecide, path, {{"went_back", "yes"}, {"reason", "Seen there"}}),
              "to /console/payments notice.case_decided");
    EXPECT_EQ(Now(paid).state, PaymentState::kPartlyRefunded);
    EXPECT_TRUE(checkout_.Cases().empty());
    EXPECT_EQ(audit_.lines, std::vector{Noted("refund.decided", "Seen there")});
}

TEST_F(StaffPages, OfferNothingToWhoMayNotDecide) {
    Held();
    const Objection open = Objected(1000);
    for (const char* role : {"billing", "agent"}) {
        visitor_.roles = {role};
        const bool may = std::string_view(role) == "billing";
        EXPECT_EQ(Get(kCase, NamedCase()).find("/decide\"") != std::string::npos, may) << role;
        EXPECT_EQ(Get(kObjection, Id(open.id.ToString())).find("/decide\"") != std::string::npos,
                  may)
            << role;
    }
    // What the core asks for before it lets anybody in.
    for (const Route& route : routes_.routes) {
        if (!route.pattern.starts_with("/console/")) continue;
        const bool changes = route.method == Method::kPost || route.pattern.ends_with("/decide") ||
                             route.pattern.ends_with("/close");
        EXPECT_EQ(route.permission, changes ? "payments.decide" : "payments.read") << route.pattern;
    }
}

TEST_F(StaffPages, WriteACreditNoteForWhoIsRight) {
    const Objection open = Objected(1000);
    const Params path = Id(open.id.ToString());
    const std::string list = Listed("/console/payments/objections");
    const auto numbers = numbers_.Of(checkout_.tenant.id, {invoice_});
    ASSERT_EQ(numbers.size(), 1U);
    EXPECT_SHOWS(list, numbers.begin()->second);
    for (const char* words : {"Ann Lee &amp; Sons", "€10.00", "Never &lt;delivered&gt;"})
        EXPECT_SHOWS(list, words);
    EXPECT_SHOWS(Post(kObjectionDecide, path, {{"reason", "Seen"}}), "[Choose one");
    EXPECT_SHOWS(Post(kObjectionDecide, path, {{"decision", "right"}}), "[Say why");
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    EXPECT_EQ(Post(kObjectionDecide, path, {{"decision", "right"}, {"reason", "Seen"}}),
              "to /console/payments/objections notice.objection_decided");
    EXPECT_EQ(checkout_.Balance(invoice_), 1500);
    EXPECT_EQ(audit_.lines, std::vector{Noted("objection.decided", "Seen")});
    EXPECT_SHOWS(Listed("/console/payments/objections"), "No customer objects");
    EXPECT_SHOWS(Get(kObjection, path), "The customer was right");
    EXPECT_EQ(Post(kObjectionDecide, path, {{"decision", "wrong"}, {"reason", "No"}}),
              "to /console/payments/objections/" + open.id.ToString() + " notice.overtaken");
    EXPECT_EQ(checkout_.Balance(invoice_), 1500);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(StaffPages, DunAgainWhoIsWrong) {
    const Objection open = Objected(1000);
    EXPECT_EQ(ObjectionRepository::CountOpen(checkout_.database, checkout_.tenant.id), 1);
    EXPECT_EQ(Post(kObjectionDecide, Id(open.id.ToString()),
                   {{"decision", "wrong"}, {"reason", "It was delivered"}}),
              "to /console/payments/objections notice.objection_decided");
    EXPECT_EQ(checkout_.Balance(invoice_), 2500);
    EXPECT_EQ(ObjectionRepository::CountOpen(checkout_.database, checkout_.tenant.id), 0);
    EXPECT_SHOWS(Get(kObjection, Id(open.id.ToString())), "The customer was not right");
}

TEST_F(StaffPages, HaveWordsForEveryKindInEveryLanguage) {
    for (const char* locale : {"en-IE", "de-DE", "es-ES", "ar-AE"}) {
        locale_ = locale;
        const view::IcuFormatter format(locale_, "UTC", library_.TextsOf("payments", language()),
                                        view::IcuFormatter::Missing::kThrow);
        for (const CaseGroup group : {CaseGroup::kDecide, CaseGroup::kBank, CaseGroup::kBooks}) {
            for (const std::string_view kind : KindsOf(group)) {
                EXPECT_NE(KindText(kind, format), KindText("unheard of", format)) << kind;
                EXPECT_FALSE(AdviceText(kind, format).empty()) << kind;
            }
        }
    }
}

}  // namespace
}  // namespace livery::payments::testing
