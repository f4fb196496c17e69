#include "scenario.h"

#include <algorithm>

#include <fmt/format.h>

#include "actions.h"
#include "config/yaml_document.h"
#include "settings/catalog_reader.h"
#include "settings/tax_file.h"
#include "step_reader.h"
#include "time/zones.h"

namespace livery::golden {

using config::Node;
using config::Problems;
using config::Reader;

namespace {

// One reading of one file.
class FileReading {
 public:
    FileReading(ScenarioFile& file, Problems& problems)
        : file_(file), reader_(file.path, problems) {}

    void Run() {
        const Node& root = file_.root;
        if (!reader_.RequireMap(root)) return;
        reader_.CheckKeys(root, Words({}, {"tenant", "catalog", "taxes", "accounts", "scenarios"}));
        const Node* list = root.Find("scenarios");
        if (list == nullptr || !reader_.RequireList(*list)) {
            reader_.Report(root.at, "`scenarios`, a list, is missing");
            return;
        }
        if (list->items.empty()) reader_.Report(list->at, "there is no scenario in it");
        for (std::size_t i = 0; i < list->items.size(); ++i)
            ReadScenario(list->items[i], reader_.Below("scenarios").Item(i));
    }

 private:
    // The scenario's own section, or the file's.
    const Node* Section(const Node& scenario, const char* key) const {
        const Node* own = scenario.Find(key);
        return own != nullptr ? own : file_.root.Find(key);
    }

    void ReadScenario(const Node& node, const Reader& at) {
        if (!at.RequireMap(node)) return;
        at.CheckKeys(node,
                     Words({}, {"name", "source", "note", "tenant", "policies", "catalog", "taxes",
                                "accounts", "catalog_refused", "taxes_refused", "steps"}));
        Scenario scenario;
        scenario.at = node.at;
        if (const Node* name = node.Find("name")) scenario.name = name->text;
        if (scenario.name.empty()) at.Report(node.at, "give it a `name`");
        if (const Node* tenant = Section(node, "tenant")) ReadTenant(*tenant, at, scenario);
        ReadCatalog(node, at, scenario);
        ReadTaxes(node, at, scenario);
        if (const Node* accounts = Section(node, "accounts")) {
            if (at.RequireMap(*accounts)) {
                for (const Node::Entry& entry : accounts->entries)
                    ReadAccount(entry, at.Below("accounts").Below(entry.key), scenario);
            }
        }
        FindParents(Section(node, "accounts"), at, scenario);
        const int ways = (node.Find("catalog_refused") != nullptr ? 1 : 0) +
                         (node.Find("taxes_refused") != nullptr ? 1 : 0) +
                         (node.Find("steps") != nullptr ? 1 : 0);
        if (ways != 1)
            at.Report(node.at, "give it one of `steps`, `catalog_refused` and `taxes_refused`");
        if (const Node* steps = node.Find("steps")) {
            if (steps->items.empty()) at.Report(steps->at, "`steps` is a list of steps");
            if (at.RequireList(*steps)) {
                for (std::size_t i = 0; i < steps->items.size(); ++i)
                    ReadStep(steps->items[i], at.Below("steps").Item(i), scenario.steps);
            }
        }
        const bool pays = std::any_of(scenario.steps.begin(), scenario.steps.end(), UsesPayments);
        if (pays && !scenario.payments) scenario.payments.emplace();
        file_.scenarios.push_back(std::move(scenario));
    }

    static bool UsesPayments(const Step& step) {
        const auto action = Actions().find(step.action);
        const auto looks = [&](const char* key) {
            return step.expect != nullptr && step.expect->Find(key) != nullptr;
        };
        return (action != Actions().end() && action->second.alone) || looks("payments") ||
               looks("provider") || looks("cases") || looks("days");
    }

    void ReadTenant(const Node& node, const Reader& at, Scenario& scenario) {
        TenantSetup& tenant = scenario.tenant;
        if (!at.Below("tenant").RequireMap(node)) return;
        at.CheckKeys(node, Words({}, {"currency", "time_zone", "report_currency", "bills_by_itself",
                                      "payments"}));
        if (const Node* settings = node.Find("payments"))
            scenario.payments = payments::PaymentSettings::Schema().Read(
                *settings, at.Below("tenant").Below("payments"));
        const Args args(node);
        const auto currency = Currency::Parse(args.Text("currency", "EUR"));
        if (!currency) return at.Report(node.at, "`currency` is no ISO 4217 currency");
        tenant.currency = *currency;
        tenant.time_zone = args.Text("time_zone", "UTC");
        if (!time::IsZone(tenant.time_zone)) at.Report(node.at, "`time_zone` is no IANA zone");
        if (args.Has("report_currency")) {
            tenant.report_currency = Currency::Parse(args.Text("report_currency"));
            if (!tenant.report_currency)
                at.Report(node.at, "`report_currency` is no ISO 4217 currency");
        }
        const std::string bills = args.Text("bills_by_itself", "true");
        if (bills != "true" && bills != "false")
            at.Report(node.at, "`bills_by_itself` is true or false");
        tenant.bills_by_itself = bills == "true";
    }

    // The catalog with the scenario's own policies put over those of the file. What it is refused
    // for may be what the scenario is about.
    void ReadCatalog(const Node& node, const Reader& at, Scenario& scenario) {
        const Node* written = Section(node, "catalog");
        Node catalog = written != nullptr ? *written : Node{};
        catalog.kind = Node::Kind::kMap;
        if (written == nullptr) {
            for (const char* key : {"products", "plans"})
                catalog.entries.push_back({key, {}, Node{.kind = Node::Kind::kMap}});
        }
        if (const Node* policies = node.Find("policies")) {
            auto all = std::find_if(catalog.entries.begin(), catalog.entries.end(),
                                    [](const Node::Entry& e) { return e.key == "policies"; });
            if (all == catalog.entries.end()) {
                catalog.entries.push_back({"policies", policies->at, *policies});
            } else {
                for (const Node::Entry& entry : policies->entries) {
                    std::erase_if(all->value.entries,
                                  [&](const Node::Entry& e) { return e.key == entry.key; });
                    all->value.entries.push_back(entry);
                }
            }
        }
        const Node* refused = node.Find("catalog_refused");
        if (refused == nullptr) {
            scenario.catalog =
                catalog::ReadCatalog(catalog, at.Below("catalog"), scenario.tenant.currency);
            return;
        }
        Problems problems;
        catalog::ReadCatalog(catalog, Reader(file_.path, problems), scenario.tenant.currency);
        ExpectRefusal(*refused, "catalog", problems, at);
    }

    void ReadTaxes(const Node& node, const Reader& at, Scenario& scenario) {
        const Node* written = Section(node, "taxes");
        const Node* refused = node.Find("taxes_refused");
        if (refused == nullptr) {
            if (written != nullptr)
                scenario.taxes = taxes::ReadTaxRules(*written, at.Below("taxes"));
            return;
        }
        Problems problems;
        if (written != nullptr) taxes::ReadTaxRules(*written, Reader(file_.path, problems));
        ExpectRefusal(*refused, "taxes", problems, at);
    }

    // What a section is refused for is what the scenario is about.
    static void ExpectRefusal(const Node& refused, std::string_view section,
                              const Problems& problems, const Reader& at) {
        if (refused.text.empty()) return at.Report(refused.at, "say with what it is refused");
        const std::string found = problems.ToString();
        if (found.find(refused.text) != std::string::npos) return;
        at.Report(refused.at, fmt::format("the {} was not refused with `{}` but with: {}", section,
                                          refused.text, found.empty() ? "nothing" : found));
    }

    void ReadAccount(const Node::Entry& entry, const Reader& at, Scenario& scenario) {
        const Node& node = entry.value;
        if (!at.RequireMap(node)) return;
        at.CheckKeys(node, Words({}, {"currency", "billing_day", "class", "customer_class",
                                      "country", "region", "postcode", "vat_id", "vat_id_valid",
                                      "sites", "parent", "exemptions"}));
        const Args args(node);
        const auto currency = args.Has("currency") ? Currency::Parse(args.Text("currency"))
                                                   : std::optional(scenario.tenant.currency);
        if (!currency) return at.Report(node.at, "`currency` is no ISO 4217 currency");
        AccountSetup account{entry.key, *currency, {}};
        BillingProfile& profile = account.profile;
        profile.name = entry.key;
        profile.customer_class = "consumer";
        if (const Node* sites = node.Find("sites")) {
            for (const Node::Entry& site : sites->entries) {
                at.Below("sites").Below(site.key).CheckKeys(
                    site.value, Words({}, {"country", "region", "postcode"}));
            }
        }
        if (const Node* exemptions = node.Find("exemptions")) {
            for (const Node& each : exemptions->items)
                at.Below("exemptions").CheckKeys(each, Words({}, {"tax", "certificate", "until"}));
        }
        try {
            ReadProfile(args, profile);
        } catch (const ScenarioError& error) {
            at.Report(error.at, error.message);
        }
        scenario.accounts.emplace(entry.key, std::move(account));
    }

    void FindParents(const Node* accounts, const Reader& at, Scenario& scenario) {
        if (accounts == nullptr) return;
        for (const Node::Entry& entry : accounts->entries) {
            const Node* parent = entry.value.Find("parent");
            if (parent == nullptr) continue;
            if (!scenario.accounts.contains(parent->text)) {
                at.Report(parent->at, fmt::format("there is no account `{}`", parent->text));
            } else {
                scenario.accounts.at(entry.key).parent = parent->text;
            }
        }
        for (const auto& [name, account] : scenario.accounts) {
            std::string above = account.parent;
            for (std::size_t i = 0; i < scenario.accounts.size() && !above.empty(); ++i)
                above = scenario.accounts.at(above).parent;
            if (!above.empty()) at.Report(accounts->at, fmt::format("`{}` is above itself", name));
        }
    }

    ScenarioFile& file_;
    Reader reader_;
};

}  // namespace

std::unique_ptr<ScenarioFile> LoadScenarios(const std::filesystem::path& path, Problems& problems) {
    auto root = config::LoadYaml(path, problems);
    if (!root) return nullptr;
    auto file = std::make_unique<ScenarioFile>();
    file->path = path.string();
    file->root = std::move(*root);
    FileReading(*file, problems).Run();
    return file;
}

}  // namespace livery::golden
