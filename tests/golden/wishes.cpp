#include "wishes.h"

#include <memory>

#include "names.h"

namespace livery::golden {

using config::Node;
using orders::ChangeOf;
using orders::Purchase;

namespace {

std::optional<Decimal> QuantityIn(const Args& args) {
    if (!args.Has("quantity")) return std::nullopt;
    return args.Number("quantity", Decimal(1));
}

std::optional<CivilTime> TimeIn(const Args& args, const std::string& key) {
    if (!args.Has(key)) return std::nullopt;
    return args.Time(key);
}

// What a quote tells one change from another by. How it is carried out the action knows.
std::optional<SubscriptionChange> ChangeBy(const std::string& action, const Args& args) {
    using Change = SubscriptionChange;
    if (action == "change_plan")
        return Change{Change::Plan{args.Text("to"), QuantityIn(args), TimeIn(args, "on")}};
    if (action == "change_quantity")
        return Change{
            Change::Quantity{args.Number("to", Decimal(0)), args.Text("when") == "end_of_term"}};
    if (action == "withdraw_change") return Change{Change::WithdrawChange{}};
    if (action == "pause")
        return Change{Change::Pause{TimeIn(args, "from"), TimeIn(args, "until")}};
    if (action == "resume") return Change{Change::Resume{}};
    if (action == "cancel")
        return Change{
            Change::Cancel{args.Text("when") == "now", args.Text("reason"), TimeIn(args, "on")}};
    if (action == "withdraw_cancel") return Change{Change::WithdrawCancel{}};
    if (action == "move_billing_day")
        return Change{Change::BillingDay{static_cast<int>(args.Whole("to", 0))}};
    return std::nullopt;
}

WorldCheckout::Asked BuyBy(World& world, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    Purchase purchase{.currency = args.CurrencyOr(account.currency),
                      .plan = args.Text("plan"),
                      .quantity = args.Number("quantity", Decimal(1)),
                      .site = args.Text("site"),
                      .coupon = args.Text("coupon")};
    if (args.Has("base")) purchase.base = SubscriptionNamed(world, args, "base");
    return {account.profile.account, purchase, {}};
}

// The action as it is written, but that it leaves the billing to the checkout.
WorldCheckout::Carry CarriedOut(World& world, const Node::Entry& action) {
    auto words = std::make_shared<Node>(action.value);
    words->kind = Node::Kind::kMap;
    std::erase_if(words->entries, [](const Node::Entry& entry) { return entry.key == "bill"; });
    words->entries.push_back({"bill", {}, Node{.kind = Node::Kind::kScalar, .text = "false"}});
    return [&world, name = action.key, words](db::Transaction& tx) -> Result<void> {
        LIVERY_TRY(Actions().at(name).run(world, tx, Args(*words)));
        return {};
    };
}

}  // namespace

std::optional<WorldCheckout::Asked> AskedBy(World& world, const Node::Entry& action) {
    const Args args(action.value);
    if (action.key == "subscribe") {
        const bool other = args.Has("from") || args.Has("anchor");
        if (other || !args.Flag("bill", world.tenant().bills_by_itself)) return std::nullopt;
        return BuyBy(world, args);
    }
    auto change = ChangeBy(action.key, args);
    if (!change || !args.Flag("bill", world.tenant().bills_by_itself)) return std::nullopt;
    const SubscriptionId id = SubscriptionNamed(world, args, "subscription");
    return WorldCheckout::Asked{OwnerOf(world, args, id), ChangeOf{id, *std::move(change)},
                                CarriedOut(world, action)};
}

}  // namespace livery::golden
