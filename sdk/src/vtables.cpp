#include <fmt/format.h>

#include <livery/check.h>
#include <livery/db/database.h>
#include <livery/db/failure.h>
#include <livery/ids.h>
#include <livery/plugin.h>
#include <livery/ports/account_directory.h>
#include <livery/ports/account_names.h>
#include <livery/ports/audit.h>
#include <livery/ports/billing.h>
#include <livery/ports/billing_contacts.h>
#include <livery/ports/data_folder.h>
#include <livery/ports/document.h>
#include <livery/ports/events.h>
#include <livery/ports/gateways.h>
#include <livery/ports/help_links.h>
#include <livery/ports/identity.h>
#include <livery/ports/invoice_lines.h>
#include <livery/ports/invoice_numbers.h>
#include <livery/ports/invoice_payment.h>
#include <livery/ports/invoicing.h>
#include <livery/ports/line_objections.h>
#include <livery/ports/link_signer.h>
#include <livery/ports/mailbox.h>
#include <livery/ports/mailer.h>
#include <livery/ports/operator_log.h>
#include <livery/ports/past_payments.h>
#include <livery/ports/payment_standing.h>
#include <livery/ports/qr_code.h>
#include <livery/ports/second_factor.h>
#include <livery/ports/sellers.h>
#include <livery/ports/staff.h>
#include <livery/ports/subscription_changes.h>
#include <livery/ports/tenant_time.h>
#include <livery/ports/tenants.h>
#include <livery/time/clock.h>

// Destructors of interfaces and exceptions live here, once, so that host and plugins agree on
// their type information.
namespace livery {

BrokenInvariant::~BrokenInvariant() = default;
IdSource::~IdSource() = default;
Clock::~Clock() = default;
DataFolder::~DataFolder() = default;
OperatorLog::~OperatorLog() = default;
Formatter::~Formatter() = default;
FormatterSource::~FormatterSource() = default;
TenantFormatters::~TenantFormatters() = default;
LedgerBalances::~LedgerBalances() = default;
Audit::~Audit() = default;
Events::~Events() = default;
Gateways::~Gateways() = default;
Identity::~Identity() = default;
PdfRenderer::~PdfRenderer() = default;
QrCode::~QrCode() = default;
SecondFactor::~SecondFactor() = default;
Mailbox::~Mailbox() = default;
Mailboxes::~Mailboxes() = default;
Mailer::~Mailer() = default;
MailFiles::~MailFiles() = default;
Registrar::~Registrar() = default;
Plugin::~Plugin() = default;
OverviewSource::~OverviewSource() = default;
TicketSubjectSource::~TicketSubjectSource() = default;
HelpLinks::~HelpLinks() = default;
InvoiceLines::~InvoiceLines() = default;
LineObjections::~LineObjections() = default;
ObjectionFollower::~ObjectionFollower() = default;
AccountDirectory::~AccountDirectory() = default;
AccountNames::~AccountNames() = default;
InvoiceNumbers::~InvoiceNumbers() = default;
CatalogRewritesPast::~CatalogRewritesPast() = default;
CatalogSource::~CatalogSource() = default;
void CatalogSource::NoteUse(db::Transaction&, const billing::Catalog&,
                            const std::vector<billing::Sold>&, Date) {}
BillingProfiles::~BillingProfiles() = default;
SubscriptionSales::~SubscriptionSales() = default;
SubscriptionTimelines::~SubscriptionTimelines() = default;
Staff::~Staff() = default;
Tenants::~Tenants() = default;
Invoicing::~Invoicing() = default;
InvoicePayment::~InvoicePayment() = default;
Sellers::~Sellers() = default;
PastPayments::~PastPayments() = default;
LinkSigner::~LinkSigner() = default;
PaymentStanding::~PaymentStanding() = default;
SubscriptionSuspension::~SubscriptionSuspension() = default;
BillingContacts::~BillingContacts() = default;
SubscriptionBilling::~SubscriptionBilling() = default;
SubscriptionChanges::~SubscriptionChanges() = default;
TenantTime::~TenantTime() = default;
TaxEngine::~TaxEngine() = default;
Ledger::~Ledger() = default;

namespace db {
Transaction::~Transaction() = default;
Database::~Database() = default;
Failure::~Failure() = default;
DuplicateKey::~DuplicateKey() = default;
CommitUnknown::~CommitUnknown() = default;
Unavailable::~Unavailable() = default;
}  // namespace db

namespace internal {
void FailCheck(const char* condition, std::string_view message, const char* file, int line) {
    throw BrokenInvariant(fmt::format("{} [{} at {}:{}]", message, condition, file, line));
}
}  // namespace internal

}  // namespace livery
