#pragma once

#include "app/payment_commands.h"

namespace livery::payments {

// `compare-payments`: days of the providers' lists beside our books once more, as after a database
// was set back. What it found waits in `payment-cases`.
Command CompareCommand(const CommandParts& parts);

}  // namespace livery::payments
