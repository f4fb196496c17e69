#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "args.h"
#include "world.h"

namespace livery::golden {

// What people and clocks can do. An action runs the product's own use case in a unit of work and
// says what it made, so that `as` can name it.
struct Made {
    std::vector<InvoiceId> documents;
    std::optional<SubscriptionId> subscription;
    std::optional<OrderId> order;
};
struct Action {
    config::TypeDoc words;  // which it takes; the rest are mistakes
    std::function<Result<Made>(World&, db::Transaction&, const Args&)> run;
    // Instead of `run`, of what has transactions of its own: payments at providers. It is played
    // where there is a database.
    std::function<Result<Made>(World&, const Args&)> alone = {};
};
using ActionMap = std::map<std::string, Action>;

const ActionMap& Actions();

// The actions by topic, for Actions().
void AddSubscriptionActions(ActionMap& actions);
void AddDocumentActions(ActionMap& actions);
void AddPaymentActions(ActionMap& actions);
void AddProviderActions(ActionMap& actions);
void AddOrderActions(ActionMap& actions);
void AddSettingActions(ActionMap& actions);

// What an action made due is invoiced with it, unless `bill: false`.
Result<Made> Billed(World& world, db::Transaction& tx, const Args& args, AccountId account);

// What an account is, as far as the words say it. ScenarioError: a word that is none.
void ReadProfile(const Args& args, BillingProfile& profile);

}  // namespace livery::golden
