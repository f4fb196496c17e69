#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/config/node.h>
#include <livery/config/type_doc.h>
#include <livery/money/money.h>

#include "value.h"
#include "world.h"

namespace livery::golden {

// The words after an action: read by name, with the place of whatever is wrong.
class Args {
 public:
    explicit Args(const config::Node& node) : node_(node) {}
    bool Has(const std::string& key) const { return node_.Find(key) != nullptr; }
    std::string Text(const std::string& key, const std::string& otherwise = "") const;
    Decimal Number(const std::string& key, const Decimal& otherwise) const;
    // A number without decimals.
    std::int64_t Whole(const std::string& key, std::int64_t otherwise) const;
    CivilTime Time(const std::string& key) const;
    Money Amount(const std::string& key, Currency currency) const;
    bool Flag(const std::string& key, bool otherwise) const;
    const config::Node& node() const { return node_; }
    [[noreturn]] void Fail(const std::string& key, const std::string& message) const;

 private:
    const config::Node& Get(const std::string& key) const;
    const config::Node& node_;
};

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
};

const std::map<std::string, Action>& Actions();

// What an account is, as far as the words say it. ScenarioError: a word that is none.
void ReadProfile(const Args& args, BillingProfile& profile);

// What the scenario calls something; ScenarioError when it never named it so.
AccountSetup& AccountNamed(World& world, const Args& args, const std::string& key);
SubscriptionId SubscriptionNamed(const World& world, const Args& args, const std::string& key);
OrderId OrderNamed(const World& world, const Args& args, const std::string& key);
InvoiceId DocumentNamed(const World& world, const Args& args, const std::string& key);

}  // namespace livery::golden
