#include "player.h"

#include <stdexcept>

#include <fmt/format.h>

#include <livery/billing/price_promise.h>

#include "actions.h"
#include "domain/wording.h"
#include "names.h"
#include "show.h"

namespace livery::golden {

using config::Node;
using invoices::Document;

namespace {

std::string ReasonOf(const Error& error) {
    const std::string& text = error.fields.empty() ? error.message : error.fields.front().message;
    const auto dot = text.rfind('.');
    return dot == std::string::npos ? text : text.substr(dot + 1);
}

// A failure that is injected at the end of a unit of work.
struct InjectedFailure : std::runtime_error {
    InjectedFailure() : std::runtime_error("injected") {}
};

// One playing of one scenario.
class Player {
 public:
    Player(const Scenario& scenario, std::unique_ptr<Storage> storage)
        : scenario_(scenario),
          world_(scenario.tenant, scenario.catalog, scenario.taxes, scenario.accounts,
                 std::move(storage)) {}

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
        const std::size_t before = world_.Finalized().size();
        world_.MoveTo(step.at);
        preview_.clear();
        if (!step.action.empty()) {
            const Result<Made> made = Act(step.action, *step.args);
            const std::string reason = made ? "" : ReasonOf(made.error());
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

    Result<Made> Act(const std::string& name, const Node& node) {
        if (name == "preview") return Preview(node);
        if (name == "confirm") return Confirm(node);
        if (name == "many") return Many(node);
        Made made;
        const auto done = world_.Transact([&](db::Transaction& tx) -> Result<void> {
            made = LIVERY_TRY(Actions().at(name).run(world_, tx, Args(node)));
            return {};
        });
        if (!done) return done.error();
        Remember(Args(node).Text("as"), made);
        return made;
    }

    void Remember(const std::string& name, const Made& made) {
        if (name.empty()) return;
        if (made.order) {
            world_.order_names.insert_or_assign(name, *made.order);
        } else if (made.subscription) {
            world_.subscriptions.insert_or_assign(name, *made.subscription);
        } else if (!made.documents.empty()) {
            world_.documents.insert_or_assign(name, made.documents.front());
        }
    }

    static const Node::Entry& Inner(const Node& node) {
        for (const Node::Entry& entry : node.entries) {
            if (entry.key != "as" && entry.key != "times" && entry.key != "failing") return entry;
        }
        throw ScenarioError{node.at, "needs one action inside"};
    }

    // Runs an action in a unit of work that is not kept, and hands what it made to `look`.
    Result<void> Try(const Node::Entry& action, bool commit,
                     const std::function<Result<void>(std::vector<Document>)>& look) {
        return world_.Transact(
            [&](db::Transaction& tx) -> Result<void> {
                const Made made =
                    LIVERY_TRY(Actions().at(action.key).run(world_, tx, Args(action.value)));
                world_.Refresh(tx);
                std::vector<Document> documents;
                for (const InvoiceId id : made.documents)
                    documents.push_back(*world_.FindDocument(id));
                LIVERY_TRY(look(std::move(documents)));
                if (commit) Remember(Args(action.value).Text("as"), made);
                return {};
            },
            commit);
    }

    struct Shown {
        const Node::Entry* action = nullptr;
        billing::PricePromise promise;
        bool kept = false;  // by a confirmation
    };

    Result<Made> Preview(const Node& node) {
        const Node::Entry& action = Inner(node);
        Shown shown{&action, {Instant(world_.now()), ""}};
        LIVERY_TRY(Try(action, false, [&](std::vector<Document> documents) -> Result<void> {
            shown.promise.wording = invoices::WordingOf(documents);
            for (const Document& document : documents)
                preview_.push_back(ShowDocument(world_, document));
            return {};
        }));
        shown_.insert_or_assign(Args(node).Text("as", "preview"), shown);
        return Made{};
    }

    Result<Made> Confirm(const Node& node) {
        const std::string name = Args(node).Text("preview", "preview");
        const auto found = shown_.find(name);
        if (found == shown_.end())
            throw ScenarioError{node.at, fmt::format("no preview was named `{}`", name)};
        Shown& shown = found->second;
        // As in the product: who confirms again is told what was done, however late it is.
        if (shown.kept) return Made{};
        LIVERY_TRY(Try(*shown.action, true, [&](const std::vector<Document>& documents) {
            return shown.promise.Keep(invoices::WordingOf(documents), Instant(world_.now()));
        }));
        shown.kept = true;
        return Made{};
    }

    // The same action many times, of which some fail just before they would be kept.
    Result<Made> Many(const Node& node) {
        const Args args(node);
        const std::int64_t times = args.Whole("times", 1);
        const std::int64_t failing = args.Whole("failing", 0);
        if (times < 1 || failing < 0 || failing > times)
            args.Fail("times", "is 1 or more, and `failing` at most as many");
        const Node::Entry& action = Inner(node);
        for (std::int64_t i = 0; i < times; ++i) {
            // Spread evenly: exactly `failing` of them.
            const bool fails = (i + 1) * failing / times != i * failing / times;
            try {
                const auto done = Try(action, true, [&](const auto&) -> Result<void> {
                    if (fails) throw InjectedFailure();
                    return {};
                });
                if (!done) return done.error();
            } catch (const InjectedFailure&) {
                continue;
            }
        }
        return Made{};
    }

    Value Issued(std::size_t before) const {
        Value list = Value::List();
        const std::vector<InvoiceId> all = world_.Finalized();
        for (std::size_t i = before; i < all.size(); ++i)
            list.items.push_back(ShowDocument(world_, *world_.FindDocument(all[i])));
        return list;
    }

    // `as` inside an expected document gives it a name.
    void NameIssued(const Node& expected, std::size_t before) {
        const std::vector<InvoiceId> all = world_.Finalized();
        for (std::size_t i = 0; i < expected.items.size() && before + i < all.size(); ++i) {
            if (const Node* name = expected.items[i].Find("as"))
                world_.documents.insert_or_assign(name->text, all[before + i]);
        }
    }

    void Expect(const Node& expect, std::size_t before) {
        Comparison comparison;
        for (const Node::Entry& entry : expect.entries) {
            if (entry.key == "issued") {
                NameIssued(entry.value, before);
                comparison.Compare(entry.value, Issued(before), "issued");
            } else if (entry.key == "preview") {
                Value list = Value::List();
                list.items = preview_;
                comparison.Compare(entry.value, list, "preview");
            } else if (entry.key == "numbers") {
                comparison.Compare(entry.value, ShowNumbers(world_), "numbers");
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
    Outcome outcome_;
    std::vector<Value> preview_;
    std::map<std::string, Shown> shown_;
};

}  // namespace

Outcome Play(const Scenario& scenario, std::unique_ptr<Storage> storage) {
    return Player(scenario, std::move(storage)).Run();
}

}  // namespace livery::golden
