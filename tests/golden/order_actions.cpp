#include "actions.h"
#include "names.h"

namespace livery::golden {

using config::Node;

namespace {

Result<Made> PlaceOrder(World& world, db::Transaction& tx, const Args& args) {
    const AccountSetup& account = AccountNamed(world, args, "account");
    orders::OrderRequest request{
        args.Text("name"),
        {args.Text("created_by_kind", "subscriber"), args.Text("created_by")},
        args.CurrencyOr(account.currency),
        args.Has("activate_on") ? args.Time("activate_on") : world.now(),
        {}};
    const std::string& kind = request.created_by.kind;
    if (kind != "subscriber" && kind != "staff" && kind != "partner" && kind != "api")
        args.Fail("created_by_kind", "write subscriber, staff, partner or api");
    for (const Node& node : args.List("lines")) {
        CheckWords(node, Words({"plan"}, {"quantity", "site", "base"}));
        const Args line(node);
        request.lines.push_back(
            {line.Text("plan"), line.Number("quantity", Decimal(1)), line.Text("site")});
        if (line.Has("base")) request.lines.back().base = SubscriptionNamed(world, line, "base");
    }
    Made made;
    made.order =
        LIVERY_TRY(world.orders().Place(tx, account.profile.account, request, world.now()));
    return made;
}

Result<Made> ActivateOrder(World& world, db::Transaction& tx, const Args& args) {
    const OrderId id = OrderNamed(world, args, "order");
    std::optional<std::size_t> line;
    if (args.Has("line")) line = static_cast<std::size_t>(args.Whole("line", 1) - 1);
    const AccountId account = LIVERY_TRY(world.orders().Activate(tx, id, line, world.now()));
    return Billed(world, tx, args, account);
}

Result<Made> CancelOrder(World& world, db::Transaction& tx, const Args& args) {
    LIVERY_TRY(world.orders().Cancel(tx, OrderNamed(world, args, "order")));
    return Made{};
}

}  // namespace

void AddOrderActions(ActionMap& actions) {
    actions["place_order"] = {Words({"lines"}, {"account", "as", "name", "created_by",
                                                "created_by_kind", "activate_on", "currency"}),
                              PlaceOrder};
    actions["activate_order"] = {Words({}, {"order", "line", "bill"}), ActivateOrder};
    actions["cancel_order"] = {Words({}, {"order"}), CancelOrder};
}

}  // namespace livery::golden
