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
#include "app/two_step_verification.h"
#include "config.h"
#include "web/email_pages.h"
#include "web/home_page.h"
#include "web/profile_pages.h"
#include "web/second_step_page.h"
#include "web/security_pages.h"
#include "web/sign_in_pages.h"
#include "web/two_step_pages.h"

namespace livery::accounts {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class AccountsPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.Configure<AccountsConfig>();
        auto& identity = r.Need<Identity>();
        auto& second_factor = r.Need<SecondFactor>();
        auto& audit = r.Need<Audit>();
        auto& mailer = r.Need<Mailer>();
        registration_ =
            std::make_unique<Registration>(r.database(), identity, mailer, r.clock(), r.ids());
        two_step_ =
            std::make_unique<TwoStepVerification>(r.database(), identity, second_factor, mailer);
        sign_in_ = std::make_unique<SignInPages>(*registration_, identity);
        second_step_ = std::make_unique<SecondStepPage>(*two_step_);
        two_step_pages_ = std::make_unique<TwoStepPages>(*two_step_, r.Need<QrCode>());
        security_ = std::make_unique<SecurityPages>(identity, second_factor, audit);
        profile_ = std::make_unique<ProfilePages>(r.database(), identity, audit, r.ids());
        email_change_ = std::make_unique<EmailChange>(r.database(), identity, mailer);
        email_ = std::make_unique<EmailPages>(*email_change_);
        home_ = std::make_unique<HomePage>(r.overviews());
        demo_ = std::make_unique<DemoSubscribers>(*registration_, identity, r.database(), r.ids());

        r.Add(NavItem{"nav.home", "/", "house", 10});
        r.Add(Route{Method::kGet, "/", Access::kSignedIn,
                    [this](const RequestContext& request) { return home_->Show(request); }, "Home",
                    RateClass::kPage, Reuse::kWhileUnchanged});
        sign_in_->AddTo(r);
        second_step_->AddTo(r);
        profile_->AddTo(r);
        security_->AddTo(r);
        two_step_pages_->AddTo(r);
        email_->AddTo(r);
        api_ = std::make_unique<AccountApi>(r.database(), r.clock(), r.ids());
        api_->AddTo(r);
        address_api_ = std::make_unique<AddressApi>(r.ids());
        address_api_->AddTo(r);
        contact_api_ = std::make_unique<ContactApi>(r.database(), identity, r.ids());
        contact_api_->AddTo(r);
        r.Provide<AccountDirectory>(std::make_shared<AccountListing>(r.database()));
        r.Provide<BillingContacts>(std::make_shared<AccountBillingContacts>(identity));
        r.Provide<BillingProfiles>(std::make_shared<AccountProfiles>(r.Need<Tenants>()));
        r.AddDemo([this](DemoContext& demo) { demo_->Generate(demo); });
    }

 private:
    std::unique_ptr<Registration> registration_;
    std::unique_ptr<TwoStepVerification> two_step_;
    std::unique_ptr<SignInPages> sign_in_;
    std::unique_ptr<SecondStepPage> second_step_;
    std::unique_ptr<TwoStepPages> two_step_pages_;
    std::unique_ptr<SecurityPages> security_;
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
