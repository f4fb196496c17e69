#include <memory>

#include <livery/plugin.h>

#include "api/correction_api.h"
#include "api/draft_api.h"
#include "api/file_api.h"
#include "api/invoice_api.h"
#include "api/range_api.h"
#include "app/bill_command.h"
#include "app/billing_of_tenant.h"
#include "app/book_audit.h"
#include "app/document_files.h"
#include "app/draft_commands.h"
#include "app/invoicing_desk.h"
#include "app/no_report_rates.h"
#include "app/numbers_of_invoices.h"
#include "app/sellers_of_settings.h"
#include "app/single_lines.h"
#include "settings/invoice_settings.h"
#include "storage/book_repository.h"
#include "web/file_pages.h"
#include "web/invoice_overview.h"
#include "web/invoice_pages.h"
#include "web/invoice_paper.h"
#include "web/statement_page.h"
#include "web/subjects_of_invoices.h"

namespace livery::invoices {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class InvoicesPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.Configure<InvoiceSettings>();
        ports_ = std::make_unique<BillingPorts>(BillingPorts{
            r.Need<CatalogSource>(), r.Need<BillingProfiles>(), r.Need<SubscriptionTimelines>(),
            r.Need<TaxEngine>(), r.Need<Ledger>(), books_, rates_, r.ids()});
        auto& time = r.Need<TenantTime>();
        auto& balances = r.Need<LedgerBalances>();
        billing_ = std::make_unique<BillingOfTenant>(
            BillingOfTenant::Parts{r.database(), r.Need<AccountDirectory>(), time, r.ids()},
            *ports_);
        files_ = std::make_unique<DocumentFiles>(
            DocumentFiles::Parts{r.database(), r.Need<PdfRenderer>(), r.clock()},
            [&formatters = r.Need<TenantFormatters>()](const Tenant& tenant,
                                                       const Document& document,
                                                       const DocumentFiles::Related& related) {
                const auto& settings = tenant.SettingsOf<InvoiceSettings>("invoices");
                return PaperOf(
                    {document, related.corrects_number, related.set_off, settings.seller, tenant},
                    *formatters.Of(tenant.id, "invoices"));
            });
        page_parts_ = std::make_unique<InvoicePageParts>(InvoicePageParts{
            r.database(), *files_, r.Await<InvoicePayment>(), r.Await<HelpLinks>()});
        pages_ = std::make_unique<InvoicePages>(*page_parts_);
        file_pages_ = std::make_unique<FilePages>(*page_parts_);
        statement_ = std::make_unique<StatementPage>(r.database(), balances);

        r.Provide<Sellers>(std::make_shared<SellersOfSettings>());
        r.Provide<InvoiceNumbers>(std::make_shared<NumbersOfInvoices>(r.database()));
        r.Provide<Invoicing>(std::make_shared<InvoicingDesk>(*ports_));
        r.Provide<InvoiceLines>(std::make_shared<SingleLines>(*ports_));
        r.Provide<SubscriptionBilling>(std::make_shared<BillingOfSubscriptions>(r.database()));
        r.Add(NavItem{"nav.invoices", "/invoices", "receipt-text", 40});
        pages_->AddTo(r);
        file_pages_->AddTo(r);
        statement_->AddTo(r);
        api_ = std::make_unique<InvoiceApi>(r.database());
        api_->AddTo(r);
        file_api_ = std::make_unique<FileApi>(r.database(), *files_);
        file_api_->AddTo(r);
        range_api_ = std::make_unique<RangeApi>(r.database(), ports_->profiles, balances);
        range_api_->AddTo(r);
        corrections_ = std::make_unique<CorrectionApi>(*ports_, time);
        corrections_->AddTo(r);
        drafts_ = std::make_unique<DraftApi>(DraftApi::Parts{r.database(), time}, *ports_);
        drafts_->AddTo(r);
        r.Add(std::make_shared<InvoiceOverview>(r.database()));
        r.Add(std::make_shared<SubjectsOfInvoices>(r.database()));
        r.Add(BillCommand(*billing_, time));
        for (Command& command : DraftCommands({r.database(), time, *ports_}))
            r.Add(std::move(command));
        r.Add(DailyJob{"billing", 50, [this](const Tenant& tenant, Instant now) {
                           return billing_->RunDay(tenant, now);
                       }});
        AddInvariants(r, *ports_, balances);
    }

 private:
    BookRepository books_;
    NoReportRates rates_;
    std::unique_ptr<BillingPorts> ports_;
    std::unique_ptr<BillingOfTenant> billing_;
    std::unique_ptr<DocumentFiles> files_;
    std::unique_ptr<InvoicePageParts> page_parts_;
    std::unique_ptr<InvoicePages> pages_;
    std::unique_ptr<FilePages> file_pages_;
    std::unique_ptr<StatementPage> statement_;
    std::unique_ptr<InvoiceApi> api_;
    std::unique_ptr<FileApi> file_api_;
    std::unique_ptr<RangeApi> range_api_;
    std::unique_ptr<CorrectionApi> corrections_;
    std::unique_ptr<DraftApi> drafts_;
};

}  // namespace livery::invoices

LIVERY_PLUGIN(livery::invoices::InvoicesPlugin)
