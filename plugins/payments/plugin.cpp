#include <memory>

#include <livery/plugin.h>

#include "api/case_api.h"
#include "api/method_api.h"
#include "api/pay_api.h"
#include "api/payment_api.h"
#include "api/refund_api.h"
#include "api/standing_api.h"
#include "app/collection_job.h"
#include "app/demo_payments.h"
#include "app/mail_letters.h"
#include "app/objections_to_lines.h"
#include "app/payment_commands.h"
#include "app/payment_history.h"
#include "app/receipt_commands.h"
#include "app/receipt_files.h"
#include "settings/payment_settings.h"
#include "storage/payment_invariant_repository.h"
#include "web/case_pages.h"
#include "web/hook_route.h"
#include "web/method_overview.h"
#include "web/method_pages.h"
#include "web/objection_pages.h"
#include "web/pay_pages.h"
#include "web/payment_pages.h"
#include "web/promise_pages.h"
#include "web/receipt_pages.h"
#include "web/staff_parts.h"
#include "web/standing_overview.h"
#include "web/subjects_of_payments.h"

namespace livery::payments {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class PaymentsPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.Configure<PaymentSettings>();
        auto& time = r.Need<TenantTime>();
        letters_ = std::make_unique<MailLetters>(r.Need<Mailer>(), r.Need<BillingContacts>());
        gateways_ = std::make_unique<WatchedGateways>(r.Need<Gateways>(), r.clock());
        auto& profiles = r.Need<BillingProfiles>();
        parties_ = std::make_unique<ReceiptParties>(r.Need<Sellers>(), profiles);
        ports_ = std::make_unique<PaymentPorts>(
            PaymentPorts{r.database(), *gateways_, r.Need<Invoicing>(), time, r.clock(), r.ids(),
                         r.Need<OperatorLog>(), *letters_, r.Need<LinkSigner>(),
                         r.Await<SubscriptionSuspension>(), r.Await<ObjectionFollower>()});
        desk_ = std::make_unique<PaymentDesk>(*ports_);
        start_ = std::make_unique<StartPayment>(*desk_);
        refunds_ = std::make_unique<Refunds>(*desk_);
        methods_ = std::make_unique<Methods>(*ports_);
        events_ = std::make_unique<ProviderEvents>(*desk_, *refunds_, *methods_);
        auto& lines = r.Need<InvoiceLines>();
        objections_ = std::make_unique<Objections>(*ports_, &lines);
        reconciliation_ = std::make_unique<Reconciliation>(*desk_);
        collection_ = std::make_unique<Collection>(*start_, *methods_, *ports_);
        janitor_ =
            std::make_unique<Janitor>(*desk_, [this](const Tenant& tenant, const Payment& payment) {
                return methods_->PayerOf(tenant, payment);
            });
        round_ = std::make_unique<Round>(Round::Parts{*janitor_, *refunds_, *methods_, *events_});
        pages_ = std::make_unique<PaymentPages>(*desk_, r.Await<HelpLinks>());
        pay_pages_ = std::make_unique<PayPages>(*start_, *methods_, *ports_);
        method_pages_ = std::make_unique<MethodPages>(*methods_, *collection_);

        r.Provide<InvoicePayment>(std::make_shared<PaymentWay>(r.database()));
        r.Provide<PastPayments>(std::make_shared<PaymentHistory>(*ports_));
        demo_ = std::make_unique<DemoPayments>(*ports_, r.Need<AccountDirectory>());
        r.AddDemo([this](DemoContext& demo) { demo_->Generate(demo); });
        r.Provide<LineObjections>(
            std::make_shared<ObjectionsToLines>(*objections_, *ports_, lines));
        r.Provide<PaymentStanding>(std::make_shared<StandingOfAccounts>());
        r.Add(std::make_shared<StandingOverview>(r.database()));
        r.Add(std::make_shared<MethodOverview>(r.database()));
        r.Add(std::make_shared<SubjectsOfPayments>(r.database()));
        r.Add(NavItem{"nav.payments", "/payments", "credit-card", 45, "/payment-methods"});
        pages_->AddTo(r);
        pay_pages_->AddTo(r);
        method_pages_->AddTo(r);
        promise_pages_ = std::make_unique<PromisePages>(collection_->dunning());
        promise_pages_->AddTo(r);
        receipts_ = std::make_unique<Receipts>(r.database(), *parties_, r.Need<PdfRenderer>());
        receipt_pages_ = std::make_unique<ReceiptPages>(r.database(), *receipts_);
        receipt_pages_->AddTo(r);
        r.Need<Mailer>().MakeFilesOf(
            "payments", std::make_shared<ReceiptFiles>(*receipts_, r.Need<TenantFormatters>()));
        AddHook(r, *events_);
        api_ = std::make_unique<PaymentApi>(*ports_, *receipts_);
        api_->AddTo(r);
        pay_api_ = std::make_unique<PayApi>(*start_, *desk_, *methods_, profiles);
        pay_api_->AddTo(r);
        method_api_ = std::make_unique<MethodApi>(
            MethodApi::Parts{*ports_, *methods_, profiles, r.Need<BillingContacts>()});
        method_api_->AddTo(r);
        refund_api_ = std::make_unique<RefundApi>(*refunds_, *ports_, r.Need<Audit>());
        refund_api_->AddTo(r);
        case_api_ = std::make_unique<CaseApi>(*desk_, *reconciliation_, r.Need<Audit>());
        case_api_->AddTo(r);
        standing_api_ = std::make_unique<StandingApi>(*collection_, *ports_, profiles);
        standing_api_->AddTo(r);
        AddStaffPages(r);
        const CommandParts parts{*desk_,
                                 *refunds_,
                                 *round_,
                                 *reconciliation_,
                                 collection_->dunning(),
                                 *objections_,
                                 r.Need<Audit>(),
                                 *start_,
                                 *methods_,
                                 *collection_,
                                 r.Need<TenantFormatters>(),
                                 profiles};
        for (const auto commands :
             {PaymentCommands, DecisionCommands, PayCommands, MethodCommands, StaffCommands}) {
            for (Command& command : commands(parts)) r.Add(std::move(command));
        }
        for (Command& command : ReceiptCommands(parts, *receipts_)) r.Add(std::move(command));
        // Providers know no test clock: what is due goes by the machine's, so the job's is not
        // asked.
        r.Add(RecurringJob{"round", std::chrono::seconds(15),
                           [this](const Tenant& tenant, Instant) { round_->Run(tenant); }});
        // After the day's invoices are written.
        r.Add(DailyJob{"collection", 60, [this, &time](const Tenant& tenant, Instant now) {
                           return EndOfDay(
                               collection_->RunDay(tenant, DayOf(time.ToCivil(tenant, now))));
                       }});
        // Providers know no test clock, so the day is the machine's.
        r.Add(DailyJob{"reconciliation", 70, [this](const Tenant& tenant, Instant) {
                           return ToJson(reconciliation_->Run(tenant));
                       }});
        AddInvariants(r);
    }

 private:
    void AddStaffPages(Registrar& r) {
        r.Add(Permission{"payments.read", "permission.payments_read", {"agent", "billing"}});
        r.Add(Permission{"payments.decide", "permission.payments_decide", {"billing"}});
        r.Add(NavItem{"nav.payments", kCasesPath, "credit-card", 45, "", "payments.read"});
        auto& names = r.Need<AccountNames>();
        auto& audit = r.Need<Audit>();
        case_pages_ =
            std::make_unique<CasePages>(CasePages::Parts{*desk_, *refunds_, names, audit});
        case_pages_->AddTo(r);
        objection_pages_ = std::make_unique<ObjectionPages>(ObjectionPages::Parts{
            r.database(), *objections_, names, r.Need<InvoiceNumbers>(), audit});
        objection_pages_->AddTo(r);
    }

    static void AddInvariants(Registrar& r) {
        using Rows = PaymentInvariantRepository;
        r.Add(Invariant{"I5a", "No more was given back of a payment than was taken",
                        Rows::FindOvergiven});
        r.Add(Invariant{"I6", "What was taken has an id of its provider and one receipt",
                        Rows::FindUnproved});
        r.Add(Invariant{"I6a", "An invoice is kept for a payment that is under way only",
                        Rows::FindStuckSlots});
        r.Add(Invariant{"I11", "What providers told us was looked up within a day",
                        Rows::FindForgottenEvents});
        r.Add(Invariant{"I12", "Providers' lists that were begun were read to their end",
                        Rows::FindUnreadLists});
        r.Add(Invariant{"NU-02", "Receipts are numbered without gaps", Rows::FindReceiptGaps});
    }

    std::unique_ptr<MailLetters> letters_;
    std::unique_ptr<WatchedGateways> gateways_;
    std::unique_ptr<ReceiptParties> parties_;
    std::unique_ptr<PaymentPorts> ports_;
    std::unique_ptr<PaymentDesk> desk_;
    std::unique_ptr<StartPayment> start_;
    std::unique_ptr<Refunds> refunds_;
    std::unique_ptr<Methods> methods_;
    std::unique_ptr<ProviderEvents> events_;
    std::unique_ptr<Objections> objections_;
    std::unique_ptr<Reconciliation> reconciliation_;
    std::unique_ptr<Collection> collection_;
    std::unique_ptr<DemoPayments> demo_;
    std::unique_ptr<Janitor> janitor_;
    std::unique_ptr<Round> round_;
    std::unique_ptr<PaymentPages> pages_;
    std::unique_ptr<PayPages> pay_pages_;
    std::unique_ptr<MethodPages> method_pages_;
    std::unique_ptr<PromisePages> promise_pages_;
    std::unique_ptr<Receipts> receipts_;
    std::unique_ptr<ReceiptPages> receipt_pages_;
    std::unique_ptr<PaymentApi> api_;
    std::unique_ptr<PayApi> pay_api_;
    std::unique_ptr<MethodApi> method_api_;
    std::unique_ptr<RefundApi> refund_api_;
    std::unique_ptr<CaseApi> case_api_;
    std::unique_ptr<StandingApi> standing_api_;
    std::unique_ptr<CasePages> case_pages_;
    std::unique_ptr<ObjectionPages> objection_pages_;
};

}  // namespace livery::payments

LIVERY_PLUGIN(livery::payments::PaymentsPlugin)
