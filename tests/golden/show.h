#pragma once

#include <string>

#include "value.h"
#include "world.h"

namespace livery::payments {
struct Payment;
}

namespace livery::golden {

// How the things of the world look to `expect`; README.md lists their keys.
Value ShowDocument(const World& world, const invoices::Document& document);
Value ShowAccount(const World& world, const AccountSetup& account);
Value ShowSubscription(const World& world, const subscriptions::Agreement& agreement);
Value ShowOrder(const orders::Order& order);
Value ShowNumbers(const World& world);
// Of a world with payments at providers.
Value ShowPayment(World& world, const payments::Payment& payment);
Value ShowProvider(World& world);
Value ShowDays(World& world);
Value ShowCases(World& world);
// What payments know of an account is put to it; of a world without them nothing.
void ShowStanding(const World& world, AccountId account, Value& value);

}  // namespace livery::golden
