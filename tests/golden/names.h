#pragma once

#include <string>

#include "args.h"
#include "world.h"

namespace livery::payments {
struct Payment;
}

namespace livery::golden {

// What the scenario calls something; ScenarioError when it never named it so.
AccountSetup& AccountNamed(World& world, const Args& args, const std::string& key);
SubscriptionId SubscriptionNamed(const World& world, const Args& args, const std::string& key);
// `last` (or nothing): the newest. Of a world with payments at providers.
payments::Payment PaymentNamed(World& world, const Args& args, const std::string& key);
OrderId OrderNamed(const World& world, const Args& args, const std::string& key);
InvoiceId DocumentNamed(const World& world, const Args& args, const std::string& key);

// The account that a subscription or document belongs to, unless the action names another.
AccountId OwnerOf(World& world, const Args& args, SubscriptionId id);
AccountId OwnerOf(World& world, const Args& args, InvoiceId id);

}  // namespace livery::golden
