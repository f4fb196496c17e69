#include "app/demo_payments.h"

#include <algorithm>

#include "app/owed.h"
#include "settings/payment_settings.h"

namespace livery::payments {

namespace {

constexpr const char* kProvider = "sandbox";
// Its test cards (providers/README.md).
constexpr const char* kPays = "tok_ok";
constexpr const char* kRefused = "tok_insufficient_funds";

bool IsOfTheDemo(Gateways& gateways, const Tenant& tenant, const std::string& instance) {
    const auto all = gateways.Of(tenant);
    return std::any_of(all.begin(), all.end(), [&](const Gateways::Instance& one) {
        return one.id == instance && one.gateway == kProvider && one.out_of_order.empty();
    });
}

}  // namespace

DemoPayments::DemoPayments(const PaymentPorts& ports, AccountDirectory& accounts)
    : ports_{ports.database, ports.gateways, ports.invoicing, ports.time,  ports.clock,
             ports.ids,      ports.log,      letters_,        ports.links, ports.suspension},
      accounts_(accounts) {}

void DemoPayments::Generate(DemoContext& demo) {
    const Tenant& tenant = demo.tenant;
    const std::string& instance = tenant.SettingsOf<PaymentSettings>("payments").instance;
    if (!IsOfTheDemo(ports_.gateways, tenant, instance)) return;
    const auto accounts = accounts_.List(tenant.id, 0, 1);
    if (accounts.empty()) return;
    const AccountId account = accounts.front().id;
    demo.clock.Set(demo.now);
    std::vector<OwedInvoice> owed;
    ports_.database.Transact(
        tenant.id, [&](db::Transaction& tx) { owed = OwedBy(tx, ports_.invoicing, account); });
    if (owed.empty()) return;
    const Share oldest{owed.front().id, owed.front().balance};
    (void)Pay(tenant, account, oldest, kRefused);
    if (owed.size() < 2) return;
    const auto paid = Pay(tenant, account, oldest, kPays);
    if (!paid || !HasMoney(paid->state)) return;
    const Money tenth(paid->amount.minor_units() / 10, paid->amount.currency());
    (void)refunds_.Give(tenant, {paid->id, tenth, "goodwill", oldest.invoice});
}

Result<Payment> DemoPayments::Pay(const Tenant& tenant, AccountId account, const Share& part,
                                  const std::string& token) {
    StartPayment::Wish wish{account,
                            tenant.SettingsOf<PaymentSettings>("payments").instance,
                            Origin::kCustomer,
                            {part}};
    wish.payer.token = token;
    wish.payer.locale = tenant.locales.front();
    return start_.Run(tenant, wish);
}

}  // namespace livery::payments
