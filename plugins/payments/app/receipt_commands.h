#pragma once

#include "app/payment_commands.h"
#include "app/receipts.h"

namespace livery::payments {

// Receipts as files, for staff.
std::vector<Command> ReceiptCommands(const CommandParts& parts, Receipts& receipts);

}  // namespace livery::payments
