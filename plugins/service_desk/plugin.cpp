#include <memory>

#include <livery/plugin.h>

#include "api/ticket_api.h"
#include "app/desk_jobs.h"
#include "settings/desk_file.h"
#include "web/agent_pages.h"
#include "web/bulk_page.h"
#include "web/desk_pages.h"
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
        letters_ = std::make_unique<TicketLetters>(r.Need<Mailer>(), r.Need<Identity>(), staff);
        const Tickets::Parts parts{r.Need<TenantTime>(), r.ids(), r.Need<Audit>(), *letters_};
        tickets_ = std::make_unique<Tickets>(parts);
        work_ = std::make_unique<DeskWork>(*tickets_, parts);
        jobs_ = std::make_unique<DeskJobs>(DeskJobs::Parts{*tickets_, *work_, r.database(), staff});
        jobs_->AddTo(r);
        pages_ = std::make_unique<TicketPages>(*tickets_, r.database());
        pages_->AddTo(r);
        const DeskViewParts view{*tickets_, r.database(), staff, r.Need<AccountNames>()};
        desk_ = std::make_unique<DeskPages>(*work_, view);
        desk_->AddTo(r);
        bulk_ = std::make_unique<BulkPage>(*work_, view);
        bulk_->AddTo(r);
        agents_ = std::make_unique<AgentPages>(r.database(), staff, parts.audit);
        agents_->AddTo(r);
        api_ = std::make_unique<TicketApi>(*tickets_, *work_, r.database());
        api_->AddTo(r);
    }

 private:
    std::unique_ptr<TicketLetters> letters_;
    std::unique_ptr<Tickets> tickets_;
    std::unique_ptr<DeskWork> work_;
    std::unique_ptr<DeskJobs> jobs_;
    std::unique_ptr<TicketPages> pages_;
    std::unique_ptr<DeskPages> desk_;
    std::unique_ptr<BulkPage> bulk_;
    std::unique_ptr<AgentPages> agents_;
    std::unique_ptr<TicketApi> api_;
};

}  // namespace livery::service_desk

LIVERY_PLUGIN(livery::service_desk::ServiceDeskPlugin)
