#include "player.h"

#include <set>
#include <stdexcept>

#include "names.h"
#include "previews.h"
#include "show.h"
#include "world_payments.h"

namespace livery::golden {

using config::Node;
using invoices::Document;

namespace {

std::string ReasonOf(const Error& error) {
    const std::string& text = error.fields.empty() ? error.message : error.fields.front().message;
    const auto dot = text.rfind('.');
    return dot == std::string::npos ? text : text.substr(dot + 1);
}

// One playing of one scenario.
class Player {
 public:
    Player(const Scenario& scenario, std::unique_ptr<Storage> storage)
        : scenario_(scenario),
          world_(scenario.tenant, scenario.catalog, scenario.taxes, scenario.accounts,
                 std::move(storage)),
          previews_(world_) {
        if (scenario.payments) payments_.emplace(world_, *scenario.payments);
    }

    Outcome Run() {
        for (const Step& step : scenario_.steps) {
            try {
                Do(step);
            } catch (const ScenarioError& error) {
                outcome_.broken = error;
            } catch (const std::exception& error) {
                outcome_.mismatches.push_back(
                    {step.node->at, step.action, "no failure", error.what()});
            }
            if (!outcome_.passed()) break;
        }
        return std::move(outcome_);
    }

 private:
    void Do(const Step& step) {
        const std::vector<InvoiceId> before = world_.Finalized();
        world_.MoveTo(step.at);
        previews_.Forget();
        if (!step.action.empty()) {
            const Result<void> done = Act(step.action, *step.args);
            const std::string reason = done ? "" : ReasonOf(done.error());
            if (reason != step.refused) {
                const auto say = [](const std::string& r) {
                    return r.empty() ? std::string("done") : "refused: " + r;
                };
                outcome_.mismatches.push_back(
                    {step.node->at, step.action, say(step.refused), say(reason)});
                return;
            }
        } else if (!step.refused.empty()) {
            throw ScenarioError{step.node->at, "`refused` without an action"};
        }
        if (const std::string broken = world_.BrokenInvariant(); !broken.empty()) {
            outcome_.mismatches.push_back({step.node->at, "books", "in order", broken});
            return;
        }
        if (step.expect != nullptr) Expect(*step.expect, before);
    }

    Result<void> Act(const std::string& name, const Node& words) {
        if (name == "preview") return previews_.Preview(words);
        if (name == "confirm") return previews_.Confirm(words);
        if (name == "many") return previews_.Many(words);
        const Action& action = Actions().at(name);
        if (action.alone) {
            LIVERY_TRY(action.alone(world_, Args(words)));
            return {};
        }
        Made made;
        const auto done = world_.Transact([&](db::Transaction& tx) -> Result<void> {
            made = LIVERY_TRY(action.run(world_, tx, Args(words)));
            return {};
        });
        if (!done) return done.error();
        Remember(world_, Args(words), made);
        return {};
    }

    // What became final since then, oldest first.
    std::vector<InvoiceId> IssuedSince(const std::vector<InvoiceId>& before) const {
        const std::set<InvoiceId> known(before.begin(), before.end());
        std::vector<InvoiceId> issued = world_.Finalized();
        std::erase_if(issued, [&](InvoiceId id) { return known.contains(id); });
        return issued;
    }

    Value ShowAll(const std::vector<Document>& documents) const {
        Value list = Value::List(false);
        for (const Document& document : documents)
            list.items.push_back(ShowDocument(world_, document));
        return list;
    }

    // `as` inside an expected document gives it a name.
    void NameIssued(const Node& expected, const Value& shown,
                    const std::vector<InvoiceId>& issued) {
        const auto items = Comparison::ItemsOf(expected);
        std::vector<std::size_t> match;
        if (items.size() == issued.size()) match = Comparison::MatchItems(items, shown, "issued");
        for (std::size_t i = 0; i < items.size() && i < issued.size(); ++i) {
            if (const Node* name = items[i]->Find("as"))
                world_.documents.insert_or_assign(name->text, issued[match.empty() ? i : match[i]]);
        }
    }

    void Expect(const Node& expect, const std::vector<InvoiceId>& before) {
        Comparison comparison;
        const std::vector<InvoiceId> issued = IssuedSince(before);
        std::vector<Document> documents;
        for (const InvoiceId id : issued) documents.push_back(*world_.FindDocument(id));
        const Value shown = ShowAll(documents);
        if (const Node* named = expect.Find("issued")) NameIssued(*named, shown, issued);
        for (const Node::Entry& entry : expect.entries) {
            if (entry.key == "issued") {
                comparison.Compare(entry.value, shown, "issued");
            } else if (entry.key == "preview") {
                comparison.Compare(entry.value, ShowAll(previews_.shown()), "preview");
            } else if (entry.key == "numbers") {
                comparison.Compare(entry.value, ShowNumbers(world_), "numbers");
            } else if (entry.key == "provider") {
                comparison.Compare(entry.value, ShowProvider(world_), "provider");
            } else if (entry.key == "days") {
                comparison.Compare(entry.value, ShowDays(world_), "days");
            } else if (entry.key == "cases") {
                comparison.Compare(entry.value, ShowCases(world_), "cases");
            } else {
                ExpectNamed(entry, comparison);
            }
        }
        outcome_.mismatches.insert(outcome_.mismatches.end(), comparison.mismatches().begin(),
                                   comparison.mismatches().end());
    }

    void ExpectNamed(const Node::Entry& section, Comparison& comparison) {
        for (const Node::Entry& entry : section.value.entries) {
            Node name{.kind = Node::Kind::kMap, .at = entry.at};
            name.entries.push_back(
                {"name", entry.at,
                 Node{.kind = Node::Kind::kScalar, .at = entry.at, .text = entry.key}});
            const Args args(name);
            Value value;
            if (section.key == "accounts") {
                value = ShowAccount(world_, AccountNamed(world_, args, "name"));
            } else if (section.key == "documents") {
                value =
                    ShowDocument(world_, *world_.FindDocument(DocumentNamed(world_, args, "name")));
            } else if (section.key == "payments") {
                value = ShowPayment(world_, PaymentNamed(world_, args, "name"));
            } else if (section.key == "orders") {
                value = ShowOrder(*world_.store().FindOrder(OrderNamed(world_, args, "name")));
            } else {
                const SubscriptionId id = SubscriptionNamed(world_, args, "name");
                for (const auto& agreement : world_.Agreements()) {
                    if (agreement.id == id) value = ShowSubscription(world_, agreement);
                }
            }
            comparison.Compare(entry.value, value, section.key + "." + entry.key);
        }
    }

    const Scenario& scenario_;
    World world_;
    std::optional<WorldPayments> payments_;
    Previews previews_;
    Outcome outcome_;
};

}  // namespace

Outcome Play(const Scenario& scenario, std::unique_ptr<Storage> storage) {
    if (scenario.payments && storage == nullptr)
        return {{}, ScenarioError{scenario.at, "payments at providers need a database"}};
    return Player(scenario, std::move(storage)).Run();
}

}  // namespace livery::golden
