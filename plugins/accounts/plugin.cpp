#include <memory>

#include <livery/plugin.h>
#include <livery/ports/account_directory.h>

#include "app/account_listing.h"
#include "app/demo_subscribers.h"
#include "app/registration.h"
#include "web/home_page.h"
#include "web/profile_pages.h"
#include "web/sign_in_pages.h"

namespace livery::accounts {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class AccountsPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        auto& identity = r.Need<Identity>();
        registration_ = std::make_unique<Registration>(r.database(), identity, r.Need<Mailer>(),
                                                       r.clock(), r.ids());
        sign_in_ = std::make_unique<SignInPages>(*registration_, identity);
        profile_ = std::make_unique<ProfilePages>(r.database(), identity, r.ids());
        home_ = std::make_unique<HomePage>(r.overviews());
        demo_ = std::make_unique<DemoSubscribers>(*registration_, identity);

        r.Add(NavItem{"nav.home", "/", "house", 10});
        r.Add(Route{Method::kGet, "/", Access::kSignedIn,
                    [this](const RequestContext& request) { return home_->Show(request); }, "Home",
                    RateClass::kPage, Reuse::kWhileUnchanged});
        sign_in_->AddTo(r);
        profile_->AddTo(r);
        r.Provide<AccountDirectory>(std::make_shared<AccountListing>(r.database()));
        r.AddDemo([this](DemoContext& demo) { demo_->Generate(demo); });
    }

 private:
    std::unique_ptr<Registration> registration_;
    std::unique_ptr<SignInPages> sign_in_;
    std::unique_ptr<ProfilePages> profile_;
    std::unique_ptr<HomePage> home_;
    std::unique_ptr<DemoSubscribers> demo_;
};

}  // namespace livery::accounts

LIVERY_PLUGIN(livery::accounts::AccountsPlugin)
