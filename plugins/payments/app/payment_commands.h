#pragma once

#include <vector>

#include <livery/cli/command.h>
#include <livery/ports/audit.h>
#include <livery/ports/billing.h>
#include <livery/view/formatter.h>

#include "app/collection.h"
#include "app/hand_payments.h"
#include "app/objections.h"
#include "app/reconciliation.h"
#include "app/refunds.h"
#include "app/round.h"

namespace livery::payments {

struct CommandParts {
    PaymentDesk& desk;
    Refunds& refunds;
    Round& round;
    Reconciliation& reconciliation;
    Dunning& dunning;
    Objections& objections;
    Audit& audit;
    StartPayment& start;
    Methods& methods;
    Collection& collection;
    TenantFormatters& words;
    BillingProfiles& profiles;
};

// What staff do at the command line: look up what is open, write down money that came another way,
// give money back, note chargebacks. Each that changes something asks for a reason and stands in
// the audit log.
std::vector<Command> PaymentCommands(const CommandParts& parts);
// Say, by name, what no machine can: what became of money, and that a case is seen to.
std::vector<Command> DecisionCommands(const CommandParts& parts);
// See payments and what went back, take money on a kept method, cancel.
std::vector<Command> PayCommands(const CommandParts& parts);
// What accounts can be charged on, and whether by itself.
std::vector<Command> MethodCommands(const CommandParts& parts);
// See what waits for a person, and decide it: differences to providers' lists, objections,
// promises.
std::vector<Command> StaffCommands(const CommandParts& parts);

}  // namespace livery::payments
