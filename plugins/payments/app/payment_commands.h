#pragma once

#include <vector>

#include <livery/cli/command.h>
#include <livery/ports/audit.h>

#include "app/hand_payments.h"
#include "app/refunds.h"
#include "app/round.h"

namespace livery::payments {

struct CommandParts {
    PaymentDesk& desk;
    Refunds& refunds;
    Round& round;
    Audit& audit;
};

// What staff do at the command line: look up what is open, see the cases and decide them, write
// down money that came another way, give money back, note chargebacks. Each that changes something
// asks for a reason and stands in the audit log.
std::vector<Command> PaymentCommands(const CommandParts& parts);

}  // namespace livery::payments
