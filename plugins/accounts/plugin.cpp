#include <memory>

#include <livery/plugin.h>
#include <livery/ports/account_directory.h>

#include "api/account_api.h"
#include "api/address_api.h"
#include "api/contact_api.h"
#include "app/account_billing_contacts.h"
#include "app/account_listing.h"
#include "app/account_profiles.h"
#include "app/demo_subscribers.h"
#include "app/email_change.h"
#include "app/registration.h"
#include "config.h"
#include "web/email_pages.h"
#include "web/home_page.h"
#include "web/login_pages.h"
#include "web/profile_pages.h"
#include "web/register_pages.h"

namespace livery::accounts {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class AccountsPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.Configure<AccountsConfig>();
        auto& identity = r.Need<Identity>();
        auto& audit = r.Need<Audit>();
        auto& mailer = r.Need<Mailer>();
        registration_ =
            std::make_unique<Registration>(r.database(), identity, mailer, r.clock(), r.ids());
        register_ = std::make_unique<RegisterPages>(*registration_);
        portal_ = std::make_unique<LoginPages>(r, *registration_, kPortalDoor);
        console_ = std::make_unique<LoginPages>(r, *registration_, kConsoleDoor);
        profile_ = std::make_unique<ProfilePages>(r.database(), identity, audit, r.ids());
        email_change_ = std::make_unique<EmailChange>(r.database(), identity, mailer);
        email_ = std::make_unique<EmailPages>(*email_change_);
        home_ = std::make_unique<HomePage>(r.overviews());
        demo_ = std::make_unique<DemoSubscribers>(*registration_, identity, r.database(), r.ids());

        r.Add(NavItem{"nav.home", "/", "house", 10});
        r.Add(Route{Method::kGet, "/", Access::kSignedIn,
                    [this](const RequestContext& request) { return home_->Show(request); }, "Home",
                    RateClass::kPage, Reuse::kWhileUnchanged});
        register_->AddTo(r);
        portal_->AddTo(r);
        console_->AddTo(r);
        profile_->AddTo(r);
        email_->AddTo(r);
        api_ = std::make_unique<AccountApi>(r.database(), r.clock(), r.ids());
        api_->AddTo(r);
        address_api_ = std::make_unique<AddressApi>(r.ids());
        address_api_->AddTo(r);
        contact_api_ = std::make_unique<ContactApi>(r.database(), identity, r.ids());
        contact_api_->AddTo(r);
        r.Provide<AccountDirectory>(std::make_shared<AccountListing>(r.database()));
        r.Provide<AccountNames>(std::make_shared<NamesOfAccounts>(r.database()));
        r.Provide<BillingContacts>(std::make_shared<AccountBillingContacts>(identity));
        r.Provide<BillingProfiles>(std::make_shared<AccountProfiles>(r.Need<Tenants>()));
        r.AddDemo([this](DemoContext& demo) { demo_->Generate(demo); });
    }

 private:
    std::unique_ptr<Registration> registration_;
    std::unique_ptr<RegisterPages> register_;
    std::unique_ptr<LoginPages> portal_;
    std::unique_ptr<LoginPages> console_;
    std::unique_ptr<ProfilePages> profile_;
    std::unique_ptr<EmailChange> email_change_;
    std::unique_ptr<EmailPages> email_;
    std::unique_ptr<HomePage> home_;
    std::unique_ptr<DemoSubscribers> demo_;
    std::unique_ptr<AccountApi> api_;
    std::unique_ptr<AddressApi> address_api_;
    std::unique_ptr<ContactApi> contact_api_;
};

}  // namespace livery::accounts

LIVERY_PLUGIN(livery::accounts::AccountsPlugin)
