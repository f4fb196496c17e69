#include "actions.h"
#include "names.h"

namespace livery::golden {

using subscriptions::Agreement;

namespace {

Result<Made> Subscribe(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    SubscriptionRequest wanted{args.Text("plan"),
                               args.Number("quantity", Decimal(1)),
                               args.CurrencyOr(account.currency),
                               args.Text("site"),
                               std::nullopt,
                               std::nullopt};
    if (args.Has("base")) wanted.base = SubscriptionNamed(world, args, "base");
    if (args.Has("anchor")) wanted.anchor = args.Time("anchor");
    const AccountId id = account.profile.account;
    const CivilTime at = args.Has("from") ? args.Time("from") : world.now();
    const SubscriptionId made = LIVERY_TRY(world.desk().Subscribe(tx, id, wanted, at));
    if (args.Has("coupon")) {
        LIVERY_TRY(world.biller().RedeemCoupon(tx, id, args.Text("coupon"), made, world.now()));
    }
    Made all = LIVERY_TRY(Billed(world, tx, args, id));
    all.subscription = made;
    return all;
}

Result<Made> ChangeAgreement(World& world, db::Transaction& tx, const Args& args,
                             const subscriptions::AgreementDesk::Transition& transition) {
    const SubscriptionId id = SubscriptionNamed(world, args, "subscription");
    const AccountId account = OwnerOf(world, args, id);
    LIVERY_TRY(world.desk().Change(tx, account, id, transition));
    return Billed(world, tx, args, account);
}

Result<Made> ChangePlan(World& world, db::Transaction& tx, const Args& args) {
    subscriptions::PlanChange change{args.Text("to"), std::nullopt, world.now(), std::nullopt};
    if (args.Has("quantity")) change.quantity = args.Number("quantity", Decimal(1));
    const std::string when = args.Text("when");
    if (when == "now") change.timing = billing::ChangeRule::Timing::kImmediate;
    if (when == "end_of_term") change.timing = billing::ChangeRule::Timing::kEndOfTerm;
    if (!when.empty() && !change.timing) args.Fail("when", "write now or end_of_term");
    if (args.Has("on")) change.on = args.Time("on");
    if (args.Has("on") && !when.empty()) args.Fail("on", "write `when` or `on`, not both");
    const std::string proration = args.Text("proration");
    if (!proration.empty()) change.prorated = proration == "prorate";
    if (!proration.empty() && proration != "prorate" && proration != "none")
        args.Fail("proration", "write prorate or none");
    const SubscriptionId id = SubscriptionNamed(world, args, "subscription");
    const auto owner = world.Of(tx, OwnerOf(world, args, id));
    if (owner) change.account_class = owner->account_class;
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::ChangePlan(std::move(agreement), catalog, change);
        });
}

Result<Made> ChangeQuantity(World& world, db::Transaction& tx, const Args& args) {
    const std::string when = args.Text("when", "now");
    if (when != "now" && when != "end_of_term") args.Fail("when", "write now or end_of_term");
    const subscriptions::QuantityChange change{args.Number("to", Decimal(0)), world.now(),
                                               when == "end_of_term"};
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::ChangeQuantity(std::move(agreement), catalog, change);
        });
}

Result<Made> Cancel(World& world, db::Transaction& tx, const Args& args) {
    using subscriptions::Ending;
    Ending ending{Ending::When::kEndOfTerm, std::nullopt, args.Text("reason"), world.now()};
    const std::string when = args.Text("when", args.Has("on") ? "on" : "end_of_term");
    if (when == "now") ending.when = Ending::When::kNow;
    if (args.Has("on")) ending.when = Ending::When::kOn, ending.on = args.Time("on");
    if (when != "now" && when != "end_of_term" && when != "on")
        args.Fail("when", "write now or end_of_term, or give a day with `on`");
    return ChangeAgreement(world, tx, args,
                           [&](Agreement agreement, const billing::Catalog& catalog) {
                               return subscriptions::Cancel(std::move(agreement), catalog, ending);
                           });
}

Result<Made> Pause(World& world, db::Transaction& tx, const Args& args) {
    subscriptions::Pause pause{args.Has("from") ? args.Time("from") : world.now(), std::nullopt};
    if (args.Has("until")) pause.to = args.Time("until");
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::PauseFrom(std::move(agreement), catalog, pause, world.now());
        });
}

Result<Made> MoveBillingDay(World& world, db::Transaction& tx, const Args& args) {
    const std::int64_t day = args.Whole("to", 0);
    return ChangeAgreement(
        world, tx, args, [&](Agreement agreement, const billing::Catalog& catalog) {
            return subscriptions::MoveBillingDay(std::move(agreement), catalog,
                                                 static_cast<int>(day), world.now());
        });
}

// The transitions that need nothing but the time.
template <class Transition>
auto AtNow(Transition transition) {
    return [transition](World& world, db::Transaction& tx, const Args& args) {
        return ChangeAgreement(world, tx, args,
                               [&](Agreement agreement, const billing::Catalog& catalog) {
                                   return transition(std::move(agreement), catalog, world.now());
                               });
    };
}

Result<Made> Use(World& world, db::Transaction& tx, const Args& args) {
    const SubscriptionId id = SubscriptionNamed(world, args, "subscription");
    LIVERY_TRY(world.desk().RecordUse(
        tx, OwnerOf(world, args, id), id,
        {args.Text("meter"), args.Number("units", Decimal(1)), world.now()}));
    return Made{};
}

}  // namespace

void AddSubscriptionActions(ActionMap& actions) {
    actions["subscribe"] = {Words({"plan"}, {"account", "as", "quantity", "base", "anchor", "from",
                                             "site", "currency", "coupon", "bill"}),
                            Subscribe};
    actions["change_plan"] = {Words({"to"}, {"subscription", "account", "quantity", "when", "on",
                                             "proration", "bill", "as"}),
                              ChangePlan};
    actions["change_quantity"] = {Words({"to"}, {"subscription", "account", "when", "bill", "as"}),
                                  ChangeQuantity};
    const auto simple = Words({}, {"subscription", "account", "bill", "as"});
    actions["withdraw_change"] = {simple, AtNow(subscriptions::WithdrawChange)};
    actions["withdraw_cancel"] = {simple, AtNow(subscriptions::WithdrawCancel)};
    actions["resume"] = {simple, AtNow(subscriptions::Resume)};
    actions["cancel"] = {
        Words({}, {"subscription", "account", "when", "on", "reason", "bill", "as"}), Cancel};
    actions["pause"] = {Words({}, {"subscription", "account", "from", "until", "bill", "as"}),
                        Pause};
    actions["move_billing_day"] = {Words({"to"}, {"subscription", "account", "bill", "as"}),
                                   MoveBillingDay};
    actions["use"] = {Words({"meter"}, {"subscription", "account", "units"}), Use};
}

}  // namespace livery::golden
