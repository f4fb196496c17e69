#include <memory>

#include <livery/plugin.h>

#include "api/order_api.h"
#include "api/sale_api.h"
#include "app/activation.h"
#include "app/checkout.h"
#include "app/demo_lives.h"
#include "storage/order_invariant_repository.h"
#include "storage/order_repository.h"
#include "web/change_pages.h"
#include "web/order_pages.h"
#include "web/shop_pages.h"
#include "web/subjects_of_orders.h"

namespace livery::orders {

// A table of contents; templates/, locale/ and migrations/ are found by convention.
class OrdersPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        auto& database = r.database();
        auto& catalogs = r.Need<CatalogSource>();
        auto& profiles = r.Need<BillingProfiles>();
        auto& changes = r.Need<SubscriptionChanges>();
        auto& time = r.Need<TenantTime>();
        auto& invoicing = r.Need<Invoicing>();
        auto& log = r.Need<OperatorLog>();
        desk_ = std::make_unique<OrderDesk>(OrderPorts{catalogs, profiles, r.Need<TaxEngine>(),
                                                       r.Need<SubscriptionSales>(), orders_,
                                                       r.ids(), r.Await<PaymentStanding>()});
        checkout_ = std::make_unique<Checkout>(Checkout::Parts{
            database, time, *desk_, changes, invoicing, r.ids(), log, r.Await<PaymentStanding>()});
        pages_ = std::make_unique<OrderPages>(database, *desk_, r.Await<HelpLinks>());
        shop_ = std::make_unique<ShopPages>(
            ShopPages::Parts{database, catalogs, profiles, *checkout_, r.Await<InvoicePayment>()});
        change_pages_ = std::make_unique<ChangePages>(ChangePages::Parts{
            database, changes, time, *checkout_, log, r.Await<InvoicePayment>()});

        demo_ = std::make_unique<DemoLives>(
            DemoLives::Parts{database, r.Need<AccountDirectory>(), catalogs, profiles, changes,
                             invoicing, time, *checkout_, r.Await<PastPayments>()});

        r.AddDemo([this](DemoContext& demo) { demo_->Generate(demo); });
        r.Add(NavItem{"nav.shop", "/shop", "shopping-bag", 25});
        r.Add(NavItem{"nav.orders", "/orders", "package", 30});
        r.Add(std::make_shared<SubjectsOfOrders>(database));
        pages_->AddTo(r);
        shop_->AddTo(r);
        change_pages_->AddTo(r);
        order_api_ = std::make_unique<OrderApi>(database, *desk_);
        order_api_->AddTo(r);
        sale_api_ = std::make_unique<SaleApi>(*checkout_, time);
        sale_api_->AddTo(r);
        r.Add(Invariant{"I10", "An order's state is the one that its lines lead to",
                        OrderInvariantRepository::FindWrongStates});
        r.Add(
            DailyJob{"activation", 40, [this, &database, &time](const Tenant& tenant, Instant now) {
                         return ActivateDue(database, tenant, *desk_, time.ToCivil(tenant, now));
                     }});
    }

 private:
    OrderRepository orders_;
    std::unique_ptr<OrderDesk> desk_;
    std::unique_ptr<Checkout> checkout_;
    std::unique_ptr<OrderPages> pages_;
    std::unique_ptr<ShopPages> shop_;
    std::unique_ptr<ChangePages> change_pages_;
    std::unique_ptr<OrderApi> order_api_;
    std::unique_ptr<SaleApi> sale_api_;
    std::unique_ptr<DemoLives> demo_;
};

}  // namespace livery::orders

LIVERY_PLUGIN(livery::orders::OrdersPlugin)
