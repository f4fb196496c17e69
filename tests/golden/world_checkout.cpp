#include "world_checkout.h"

#include <stdexcept>

namespace livery::golden {

void WorldDatabase::Transact(const TenantId&, const std::function<void(db::Transaction&)>& work) {
    (void)world_.Transact([&](db::Transaction& tx) -> Result<void> {
        work(tx);
        return {};
    });
}

db::Rows WorldDatabase::Query(const TenantId& tenant, const db::Statement& statement,
                              db::Params params) {
    if (world_.storage() == nullptr)
        throw std::logic_error("nobody reads outside of a transaction in memory");
    return world_.storage()->database().Query(tenant, statement, params);
}

CivilTime WorldTime::ToCivil(const Tenant&, Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant);
}

Result<Invoicing::Charged> WorldInvoicing::Bill(db::Transaction& tx, AccountId account,
                                                CivilTime now) {
    Charged charged = LIVERY_TRY(desk_.Bill(tx, account, now));
    world_.Refresh(tx);
    charged_.clear();
    for (const ChargedDocument& document : charged.documents)
        charged_.push_back(*world_.FindDocument(document.id));
    return charged;
}

WorldCheckout::WorldCheckout(World& world)
    : tenant_{.id = TenantId("golden"), .currency = world.tenant().currency},
      database_(world),
      time_(world),
      invoicing_(world),
      changes_(world),
      checkout_(
          {database_, time_, world.orders(), changes_, invoicing_, ids_, log_, world.standing()}) {}

// When what was asked for comes true, as the agreement says it afterwards.
Result<SubscriptionChanged> WorldCheckout::Changes::Change(db::Transaction& tx, AccountId account,
                                                           SubscriptionId id,
                                                           const SubscriptionChange& change,
                                                           CivilTime now) {
    LIVERY_TRY(world_.At(now, [&] { return carry(tx); }));
    const subscriptions::Agreement after = LIVERY_TRY(world_.desk().Owned(tx, account, id));
    const subscriptions::AgreementView view(after, world_.catalog());
    const auto* cancel = std::get_if<SubscriptionChange::Cancel>(&change.what);
    const bool chooses = std::holds_alternative<SubscriptionChange::Plan>(change.what) ||
                         std::holds_alternative<SubscriptionChange::Quantity>(change.what);
    CivilTime at = chooses ? std::max(now, view.LastChoice().from) : now;
    if (cancel != nullptr && cancel->on) at = *cancel->on;
    return SubscriptionChanged{at, view.ChoiceAt(at).quantity};
}

Result<QuoteId> WorldCheckout::Preview(const Asked& asked) {
    changes_.carry = asked.change;
    const orders::Quote quote = LIVERY_TRY(checkout_.Preview(tenant_, asked.account, asked.wish));
    return quote.token;
}

Result<orders::Outcome> WorldCheckout::Confirm(const Asked& asked, QuoteId token) {
    changes_.carry = asked.change;
    return checkout_.Confirm(tenant_, asked.account, asked.wish, token, {"subscriber", ""});
}

}  // namespace livery::golden
