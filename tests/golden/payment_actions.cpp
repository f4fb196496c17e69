#include "actions.h"
#include "names.h"

namespace livery::golden {

namespace {

Result<Made> Pay(World& world, db::Transaction& tx, const Args& args) {
    std::optional<InvoiceId> only;
    AccountId account;
    Currency currency = world.tenant().currency;
    if (args.Has("invoice") || !args.Has("account")) {
        only = DocumentNamed(world, args, "invoice");
        account = OwnerOf(world, args, *only);
        currency = world.FindDocument(*only)->currency;
    } else {
        const AccountSetup& setup = AccountNamed(world, args, "account");
        account = setup.profile.account;
        currency = args.CurrencyOr(setup.currency);
    }
    const Money amount = args.Has("amount") || !only ? args.Amount("amount", currency)
                                                     : world.FindDocument(*only)->Balance();
    invoices::Payment payment{args.Text("reference"), world.now(), amount, {}};
    LIVERY_TRY(world.receivables().Pay(tx, account, std::move(payment), only));
    return Made{};
}

Result<Made> Refund(World& world, db::Transaction& tx, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    LIVERY_TRY(world.receivables().Refund(
        tx, OwnerOf(world, args, id), {id, args.Amount("amount", world.FindDocument(id)->currency)},
        world.now()));
    return Made{};
}

Result<Made> Redeem(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    std::optional<SubscriptionId> subscription;
    if (args.Has("subscription")) subscription = SubscriptionNamed(world, args, "subscription");
    LIVERY_TRY(world.biller().RedeemCoupon(tx, account.profile.account, args.Text("coupon"),
                                           subscription, world.now()));
    return Made{};
}

Result<Made> CreditToParent(World& world, db::Transaction& tx, const Args& args) {
    LIVERY_TRY(world.receivables().CreditToParent(
        tx, AccountNamed(world, args, "account").profile.account, world.now()));
    return Made{};
}

Result<Made> Bill(World& world, db::Transaction& tx, const Args& args) {
    if (args.Has("account")) {
        LIVERY_TRY(world.BillAccount(tx, AccountNamed(world, args, "account").profile.account));
    } else {
        LIVERY_TRY(world.BillAll(tx));
    }
    return Made{};
}

}  // namespace

void AddPaymentActions(ActionMap& actions) {
    actions["pay"] = {Words({}, {"invoice", "account", "amount", "reference", "currency"}), Pay};
    actions["refund"] = {Words({"amount"}, {"invoice", "account"}), Refund};
    actions["redeem"] = {Words({"coupon"}, {"account", "subscription"}), Redeem};
    actions["credit_to_parent"] = {Words({"account"}, {}), CreditToParent};
    actions["bill"] = {Words({}, {"account"}), Bill};
}

}  // namespace livery::golden
