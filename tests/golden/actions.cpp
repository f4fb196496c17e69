#include "actions.h"

namespace livery::golden {

namespace {

Result<Made> Wait(World&, db::Transaction&, const Args&) { return Made{}; }

ActionMap MakeActions() {
    ActionMap actions;
    AddSubscriptionActions(actions);
    AddDocumentActions(actions);
    AddPaymentActions(actions);
    AddProviderActions(actions);
    AddOrderActions(actions);
    AddSettingActions(actions);
    actions["wait"] = {Words({}, {}), Wait};
    return actions;
}

}  // namespace

Result<Made> Billed(World& world, db::Transaction& tx, const Args& args, AccountId account) {
    if (!args.Flag("bill", world.tenant().bills_by_itself)) return Made{};
    return Made{LIVERY_TRY(world.biller().Bill(tx, account, world.now())), std::nullopt};
}

const ActionMap& Actions() {
    static const ActionMap actions = MakeActions();
    return actions;
}

}  // namespace livery::golden
