#include "previews.h"

#include <stdexcept>

#include <fmt/format.h>

#include "domain/wording.h"

namespace livery::golden {

using config::Node;
using invoices::Document;

namespace {

// A failure that is injected at the end of a unit of work.
struct InjectedFailure : std::runtime_error {
    InjectedFailure() : std::runtime_error("injected") {}
};

const Node::Entry& Inner(const Node& node) {
    for (const Node::Entry& entry : node.entries) {
        if (entry.key != "as" && entry.key != "times" && entry.key != "failing") return entry;
    }
    throw ScenarioError{node.at, "needs one action inside"};
}

}  // namespace

void Remember(World& world, const Args& args, const Made& made) {
    const std::string name = args.Text("as");
    if (name.empty()) return;
    if (made.order) {
        world.order_names.insert_or_assign(name, *made.order);
    } else if (made.subscription) {
        world.subscriptions.insert_or_assign(name, *made.subscription);
    } else if (!made.documents.empty()) {
        world.documents.insert_or_assign(name, made.documents.front());
    }
}

// Runs an action in a unit of work, and hands what it made to `look`.
Result<void> Previews::Try(const Node::Entry& action, bool commit,
                           const std::function<Result<void>(const Documents&)>& look) {
    return world_.Transact(
        [&](db::Transaction& tx) -> Result<void> {
            const Made made =
                LIVERY_TRY(Actions().at(action.key).run(world_, tx, Args(action.value)));
            world_.Refresh(tx);
            Documents documents;
            for (const InvoiceId id : made.documents) documents.push_back(*world_.FindDocument(id));
            LIVERY_TRY(look(documents));
            if (commit) Remember(world_, Args(action.value), made);
            return {};
        },
        commit);
}

Result<void> Previews::Preview(const Node& words) {
    const Node::Entry& action = Inner(words);
    Offer offer{&action, AskedBy(world_, action), {}, {Instant(world_.now()), ""}};
    if (offer.asked) {
        offer.token = LIVERY_TRY(checkout_.Preview(*offer.asked));
        shown_ = checkout_.charged();
    } else {
        LIVERY_TRY(Try(action, false, [&](const Documents& documents) -> Result<void> {
            offer.promise.wording = invoices::WordingOf(documents);
            shown_ = documents;
            return {};
        }));
    }
    offers_.insert_or_assign(Args(words).Text("as", "preview"), std::move(offer));
    return {};
}

Result<void> Previews::Confirm(const Node& words) {
    const std::string name = Args(words).Text("preview", "preview");
    const auto found = offers_.find(name);
    if (found == offers_.end())
        throw ScenarioError{words.at, fmt::format("no preview was named `{}`", name)};
    Offer& offer = found->second;
    // As in the checkout: who confirms again is told what was done, however late it is.
    if (offer.kept) return {};
    LIVERY_TRY(Keep(offer));
    offer.kept = true;
    return {};
}

Result<void> Previews::Keep(const Offer& offer) {
    if (!offer.asked) {
        const Instant now(world_.now());
        if (offer.promise.HasExpired(now)) return Conflict("error.preview_expired");
        const auto then = std::chrono::floor<std::chrono::seconds>(offer.promise.shown_at);
        return world_.At(then, [&] {
            return Try(*offer.action, true, [&](const Documents& documents) {
                return offer.promise.Keep(invoices::WordingOf(documents), now);
            });
        });
    }
    const auto outcome = LIVERY_TRY(checkout_.Confirm(*offer.asked, offer.token));
    Made made;
    for (const Document& document : checkout_.charged()) made.documents.push_back(document.id);
    if (offer.action->key == "subscribe") made.subscription = outcome.subscription;
    Remember(world_, Args(offer.action->value), made);
    return {};
}

Result<void> Previews::Many(const Node& words) {
    const Args args(words);
    const std::int64_t times = args.Whole("times", 1);
    const std::int64_t failing = args.Whole("failing", 0);
    if (times < 1 || failing < 0 || failing > times)
        args.Fail("times", "is 1 or more, and `failing` at most as many");
    const Node::Entry& action = Inner(words);
    for (std::int64_t i = 0; i < times; ++i) {
        // Spread evenly: exactly `failing` of them.
        const bool fails = (i + 1) * failing / times != i * failing / times;
        try {
            LIVERY_TRY(Try(action, true, [&](const auto&) -> Result<void> {
                if (fails) throw InjectedFailure();
                return {};
            }));
        } catch (const InjectedFailure&) {
            continue;
        }
    }
    return {};
}

}  // namespace livery::golden
