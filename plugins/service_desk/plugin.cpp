#include <memory>

#include <livery/plugin.h>
#include <livery/ports/data_folder.h>

#include "api/desk_api.h"
#include "api/ticket_api.h"
#include "api/ticket_work_api.h"
#include "app/agents.h"
#include "app/attachment_sweep.h"
#include "app/attachments.h"
#include "app/decisions_elsewhere.h"
#include "app/demo_tickets.h"
#include "app/desk_jobs.h"
#include "app/incoming_mail.h"
#include "app/mail_box.h"
#include "app/mail_command.h"
#include "app/ticket_commands.h"
#include "app/tickets.h"
#include "settings/desk_file.h"
#include "web/agent_pages.h"
#include "web/attachment_pages.h"
#include "web/bulk_page.h"
#include "web/desk_pages.h"
#include "web/help_from_pages.h"
#include "web/split_page.h"
#include "web/ticket_pages.h"

namespace livery::service_desk {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class ServiceDeskPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.ConfigureFile<Desk>("service_desk.yaml", DeskFile::Schema().doc(),
                              [](const config::Node& node, const config::Reader& reader,
                                 std::optional<Currency>) { return ReadDesk(node, reader); });
        auto& staff = r.Need<Staff>();
        auto& mailer = r.Need<Mailer>();
        auto& identity = r.Need<Identity>();
        threads_ = std::make_unique<LetterThreads>(r.Need<LinkSigner>(), r.ids());
        letters_ = std::make_unique<TicketLetters>(mailer, identity, staff, *threads_);
        events_ = std::make_unique<TicketEvents>(r.Need<Events>());
        const Tickets::Parts parts{
            r.Need<TenantTime>(), r.ids(), r.Need<Audit>(), *letters_, *events_, staff};
        tickets_ = std::make_unique<Tickets>(parts);
        work_ = std::make_unique<DeskWork>(*tickets_, parts, r.Need<BillingProfiles>());
        agents_ = std::make_unique<Agents>(Agents::Parts{r.database(), staff, parts.audit});
        jobs_ =
            std::make_unique<DeskJobs>(DeskJobs::Parts{*tickets_, *work_, r.database(), *agents_});
        jobs_->AddTo(r);
        demo_ = std::make_unique<DemoTickets>(
            DemoTickets::Parts{r.database(), identity, staff, *threads_, parts});
        r.AddDemo([this](DemoContext& demo) { demo_->Generate(demo); });
        watchers_ = std::make_unique<Watchers>(*tickets_, identity);
        AddAttachments(r);
        AddDisputes(r);
        pages_ = std::make_unique<TicketPages>(TicketPages::Parts{
            *tickets_, *watchers_, *attachments_, r.database(), *subjects_, *disputes_});
        pages_->AddTo(r);
        const DeskViewParts view{*tickets_, *attachments_,          r.database(),
                                 staff,     r.Need<AccountNames>(), *subjects_,
                                 *disputes_};
        desk_ = std::make_unique<DeskPages>(*work_, view);
        desk_->AddTo(r);
        bulk_ = std::make_unique<BulkPage>(*work_, view);
        bulk_->AddTo(r);
        split_ = std::make_unique<SplitPage>(*work_, r.database());
        split_->AddTo(r);
        agent_pages_ = std::make_unique<AgentPages>(*agents_, r.database());
        agent_pages_->AddTo(r);
        AddForPrograms(r);
        AddMail(r);
    }

 private:
    void AddDisputes(Registrar& r) {
        subjects_ = std::make_unique<Subjects>(r.ticket_subjects());
        disputes_ = std::make_unique<Disputes>(Disputes::Parts{
            *tickets_, r.Await<LineObjections>(), r.Need<TenantFormatters>(), r.Need<Audit>()});
        r.Provide<HelpLinks>(std::make_shared<HelpFromPages>(r.database(), *disputes_));
        r.Provide<ObjectionFollower>(
            std::make_shared<DecisionsElsewhere>(*disputes_, r.Need<TenantTime>()));
        r.Add(Invariant{"SD-01", "What a ticket disputes is decided before it is over",
                        [this](db::Transaction& tx, const auto& report) {
                            disputes_->Check(tx, [&](TicketId ticket, std::string says) {
                                report({ticket.ToString(), std::move(says)});
                            });
                        }});
    }

    void AddForPrograms(Registrar& r) {
        auto& words = r.Need<TenantFormatters>();
        for_customers_ = std::make_unique<ForCustomers>(
            ForCustomers::Parts{*tickets_, *subjects_, *disputes_, r.Need<BillingProfiles>(),
                                r.Need<BillingContacts>(), r.Need<Identity>(), words});
        api_ = std::make_unique<TicketApi>(
            TicketApi::Parts{*tickets_, *attachments_, r.database(), *subjects_, *for_customers_});
        api_->AddTo(r);
        work_api_ = std::make_unique<TicketWorkApi>(TicketWorkApi::Parts{
            *tickets_, *work_, *watchers_, *disputes_, *subjects_, r.database()});
        work_api_->AddTo(r);
        desk_api_ = std::make_unique<DeskApi>(*agents_);
        desk_api_->AddTo(r);
        const TicketCommandParts parts{r.database(), *tickets_,     *work_,          *watchers_,
                                       *disputes_,   *attachments_, *for_customers_, *subjects_,
                                       *agents_,     words};
        for (Command& command : TicketCommands(parts)) r.Add(std::move(command));
        for (Command& command : TicketWorkCommands(parts)) r.Add(std::move(command));
        for (Command& command : AgentCommands(parts)) r.Add(std::move(command));
    }

    void AddMail(Registrar& r) {
        auto& log = r.Need<OperatorLog>();
        mails_ = std::make_unique<MailIn>(
            MailIn::Parts{r.database(), *tickets_, MailSenders(r.Need<Identity>(), r.Need<Staff>()),
                          *threads_, r.Need<Mailer>(), r.Need<TenantFormatters>(), log,
                          [this](const Tenant& tenant, const std::vector<Upload>& files) {
                              return attachments_->Keep(tenant, files);
                          }});
        box_ =
            std::make_unique<MailBoxRound>(MailBoxRound::Parts{r.Need<Mailboxes>(), *mails_, log});
        r.Add(MailInCommand(*mails_));
        r.Add(RecurringJob{"mail", std::chrono::seconds(10),
                           [this](const Tenant& tenant, Instant now) { box_->Run(tenant, now); }});
        r.Add(DailyJob{"forget-mails", 900,
                       [&database = r.database()](const Tenant& tenant, Instant now) {
                           return ForgetMails(database, tenant, now);
                       }});
    }

    void AddAttachments(Registrar& r) {
        files_ = std::make_unique<AttachmentFiles>(r.Need<DataFolder>().Of("attachments"));
        attachments_ = std::make_unique<Attachments>(
            Attachments::Parts{*files_, r.ids(), r.Need<OperatorLog>()});
        sweep_ = std::make_unique<AttachmentSweep>(*files_, r.database(), r.clock());
        r.Add(sweep_->Job());
        attachment_pages_ = std::make_unique<AttachmentPages>(*attachments_, r.database());
        attachment_pages_->AddTo(r);
    }

    std::unique_ptr<LetterThreads> threads_;
    std::unique_ptr<TicketLetters> letters_;
    std::unique_ptr<TicketEvents> events_;
    std::unique_ptr<Tickets> tickets_;
    std::unique_ptr<DeskWork> work_;
    std::unique_ptr<Agents> agents_;
    std::unique_ptr<DeskJobs> jobs_;
    std::unique_ptr<DemoTickets> demo_;
    std::unique_ptr<Watchers> watchers_;
    std::unique_ptr<SplitPage> split_;
    std::unique_ptr<AttachmentFiles> files_;
    std::unique_ptr<Attachments> attachments_;
    std::unique_ptr<AttachmentSweep> sweep_;
    std::unique_ptr<AttachmentPages> attachment_pages_;
    std::unique_ptr<Subjects> subjects_;
    std::unique_ptr<Disputes> disputes_;
    std::unique_ptr<ForCustomers> for_customers_;
    std::unique_ptr<TicketPages> pages_;
    std::unique_ptr<DeskPages> desk_;
    std::unique_ptr<BulkPage> bulk_;
    std::unique_ptr<AgentPages> agent_pages_;
    std::unique_ptr<TicketApi> api_;
    std::unique_ptr<TicketWorkApi> work_api_;
    std::unique_ptr<DeskApi> desk_api_;
    std::unique_ptr<MailIn> mails_;
    std::unique_ptr<MailBoxRound> box_;
};

}  // namespace livery::service_desk

LIVERY_PLUGIN(livery::service_desk::ServiceDeskPlugin)
