#pragma once

#include <string>

#include "value.h"
#include "world.h"

namespace livery::golden {

// How the things of the world look to `expect`; README.md lists their keys.
Value ShowDocument(const World& world, const invoices::Document& document);
Value ShowAccount(const World& world, const AccountSetup& account);
Value ShowSubscription(const World& world, const subscriptions::Agreement& agreement);
Value ShowOrder(const orders::Order& order);
Value ShowNumbers(const World& world);

}  // namespace livery::golden
