#include "names.h"

#include <fmt/format.h>

#include "world_payments.h"

namespace livery::golden {

using subscriptions::Agreement;

namespace {

// What there is instead of a name that nothing has.
template <class Map>
std::string Known(const Map& named) {
    std::vector<std::string> names;
    for (const auto& [name, what] : named) names.push_back(name);
    if (names.empty()) return "; none is named";
    return fmt::format("; there is {}", fmt::join(names, ", "));
}

}  // namespace

AccountSetup& AccountNamed(World& world, const Args& args, const std::string& key) {
    std::string name = args.Text(key);
    // The only account need not be named.
    if (name.empty() && world.accounts().size() == 1) name = world.accounts().begin()->first;
    AccountSetup* found = world.FindAccount(name);
    if (found == nullptr)
        args.Fail(key, fmt::format("no account is `{}`{}", name, Known(world.accounts())));
    return *found;
}

SubscriptionId SubscriptionNamed(const World& world, const Args& args, const std::string& key) {
    const std::string name = args.Text(key);
    // The only one need not be named.
    const auto& all = world.store().state().agreements;
    if (name.empty() && all.size() == 1) return all.front().id;
    if (name.empty() && world.subscriptions.size() == 1) return world.subscriptions.begin()->second;
    if (name.empty()) args.Fail(key, "which one? name it with `as` where it begins");
    const auto found = world.subscriptions.find(name);
    if (found == world.subscriptions.end())
        args.Fail(
            key, fmt::format("no subscription was named `{}`{}", name, Known(world.subscriptions)));
    return found->second;
}

InvoiceId DocumentNamed(const World& world, const Args& args, const std::string& key) {
    const std::string name = args.Text(key, "last");
    if (const auto found = world.documents.find(name); found != world.documents.end())
        return found->second;
    if (const auto* document = world.FindDocument(name)) return document->id;
    const std::vector<InvoiceId> final = world.Finalized();
    if (name == "last" && !final.empty()) return final.back();
    args.Fail(key, fmt::format("no document was named `{}`, and none has that number{}", name,
                               Known(world.documents)));
}

OrderId OrderNamed(const World& world, const Args& args, const std::string& key) {
    const std::string name = args.Text(key);
    const auto& all = world.store().state().orders;
    if (name.empty() && all.size() == 1) return all.front().id;
    // A confirmed preview makes one that nobody named.
    if (name.empty() && world.order_names.size() == 1) return world.order_names.begin()->second;
    if (name.empty()) args.Fail(key, "which one? name it with `as` where it is placed");
    const auto found = world.order_names.find(name);
    if (found == world.order_names.end())
        args.Fail(key, fmt::format("no order was named `{}`{}", name, Known(world.order_names)));
    return found->second;
}

payments::Payment PaymentNamed(World& world, const Args& args, const std::string& key) {
    const auto& names = world.payments()->names;
    const std::string name = args.Text(key, "last");
    if (const auto found = names.find(name); found != names.end())
        return *world.payments()->Find(found->second);
    const auto all = world.payments()->All();
    if (name == "last" && !all.empty()) return all.front();
    args.Fail(key, fmt::format("no payment was named `{}`{}", name, Known(names)));
}

AccountId OwnerOf(World& world, const Args& args, SubscriptionId id) {
    if (args.Has("account")) return AccountNamed(world, args, "account").profile.account;
    for (const Agreement& agreement : world.store().state().agreements) {
        if (agreement.id == id) return agreement.account;
    }
    return AccountNamed(world, args, "account").profile.account;
}

AccountId OwnerOf(World& world, const Args& args, InvoiceId id) {
    if (args.Has("account")) return AccountNamed(world, args, "account").profile.account;
    return world.FindDocument(id)->account;
}

}  // namespace livery::golden
