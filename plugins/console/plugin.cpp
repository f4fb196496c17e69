#include <memory>

#include <livery/plugin.h>

#include "api/staff_api.h"
#include "app/demo_staff.h"
#include "app/invite_command.h"
#include "web/home_page.h"
#include "web/invitation_pages.h"
#include "web/staff_pages.h"

namespace livery::console {

// A table of contents; templates/ and locale/ are found by convention.
class ConsolePlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        auto& identity = r.Need<Identity>();
        desk_ = std::make_unique<StaffDesk>(identity, r.Need<Staff>(), r.Need<Mailer>());
        home_ = std::make_unique<HomePage>(r.work_lists());
        invitation_ = std::make_unique<InvitationPages>(*desk_, identity, r.database());
        staff_ = std::make_unique<StaffPages>(*desk_, r.Need<Audit>(), r.database());
        api_ = std::make_unique<StaffApi>(*desk_, r.database());

        r.Add(Permission{"staff.read", "permission.staff_read", {"agent", "billing"}});
        r.Add(Permission{"staff.manage", "permission.staff_manage"});
        r.AddDemo([this, &identity, &database = r.database()](DemoContext& demo) {
            AddDemoStaff(demo, database, identity, desk_->staff());
        });
        home_->AddTo(r);
        invitation_->AddTo(r);
        staff_->AddTo(r);
        api_->AddTo(r);
        for (Command& command : StaffCommands(*desk_, r.database(), r.Need<TenantFormatters>()))
            r.Add(std::move(command));
    }

 private:
    std::unique_ptr<StaffDesk> desk_;
    std::unique_ptr<HomePage> home_;
    std::unique_ptr<InvitationPages> invitation_;
    std::unique_ptr<StaffPages> staff_;
    std::unique_ptr<StaffApi> api_;
};

}  // namespace livery::console

LIVERY_PLUGIN(livery::console::ConsolePlugin)
