#pragma once

#include "actions.h"
#include "world_checkout.h"

namespace livery::golden {

// The action as something that a checkout shows and sells; none when it sells no such thing (a
// note, a charge by hand, a subscription of the past) or nothing is to be billed by it.
std::optional<WorldCheckout::Asked> AskedBy(World& world, const config::Node::Entry& action);

}  // namespace livery::golden
