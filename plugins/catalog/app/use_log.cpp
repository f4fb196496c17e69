#include "app/use_log.h"

#include <algorithm>

#include <fmt/format.h>

#include "storage/use_repository.h"

namespace livery::catalog {

namespace {

bool IsSame(const UsedVersion& a, const UsedVersion& b) {
    return a.kind == b.kind && a.id == b.id && a.from == b.from;
}

// What was sold of the plans and add-ons that are used now: others' troubles are not theirs. A plan
// that is gone counts, whether its sale was noted or lies before that was done.
std::vector<UsedVersion> KnownOf(const std::vector<UsedVersion>& all,
                                 const std::vector<UsedVersion>& used) {
    std::vector<UsedVersion> known;
    std::copy_if(all.begin(), all.end(), std::back_inserter(known), [&](const UsedVersion& each) {
        return std::any_of(used.begin(), used.end(), [&](const UsedVersion& now) {
            return now.kind == each.kind && now.id == each.id;
        });
    });
    std::copy_if(used.begin(), used.end(), std::back_inserter(known),
                 [](const UsedVersion& each) { return each.terms.empty(); });
    return known;
}

void Refuse(const std::vector<Objection>& objections) {
    if (objections.empty()) return;
    std::string text = "the catalog rewrites what was sold";
    for (const Objection& objection : objections)
        text += fmt::format("; {}: {}", ToString(objection.path), objection.message);
    throw CatalogRewritesPast(text);
}

// What is to be written of what is used now. Refuses a catalog that contradicts what is.
std::vector<UsedVersion> NewsOf(const billing::Catalog& catalog,
                                const std::vector<UsedVersion>& all,
                                const std::vector<UsedVersion>& used) {
    const std::vector<UsedVersion> known = KnownOf(all, used);
    Refuse(ObjectionsTo(catalog, known));
    std::vector<UsedVersion> news;
    for (const UsedVersion& now : used) {
        const auto before = std::find_if(
            known.begin(), known.end(), [&](const UsedVersion& each) { return IsSame(each, now); });
        if (before == known.end()) {
            news.push_back(now);
        } else if (auto joined = Joined(*before, now); joined != *before) {
            news.push_back(std::move(joined));
        }
    }
    return news;
}

bool IsIndex(const std::string& key) { return key.front() == '['; }

// The nearest place to what is meant: a plan of one phase has its keys itself.
const config::Node& Place(const config::Node& root, const std::vector<std::string>& path) {
    const config::Node* node = &root;
    for (const std::string& key : path) {
        const config::Node* next = nullptr;
        if (!IsIndex(key)) {
            next = node->Find(key);
        } else if (const auto i = std::stoul(key.substr(1)); i < node->items.size()) {
            next = &node->items[i];
        }
        if (next == nullptr) break;
        node = next;
    }
    return *node;
}

}  // namespace

void NoteUse(UseStore& store, db::Transaction& tx, const billing::Catalog& catalog,
             const std::vector<billing::Sold>& sold, Date today) {
    const std::vector<UsedVersion> used = UsedBy(catalog, sold, today);
    if (used.empty()) return;
    // Most find written what they would write: once a day is enough, and nobody waits.
    const std::vector<UsedVersion> all = store.All(tx);
    if (NewsOf(catalog, all, used).empty()) return;
    // A host with another file may be about to write as well. Each looks again at what the one
    // before it has kept, or both would be right by themselves and no file by both. In the order of
    // the versions, so that no two wait for each other.
    for (auto first = used.begin(); first != used.end();) {
        const auto next = std::find_if(first, used.end(), [&](const UsedVersion& each) {
            return each.kind != first->kind || each.id != first->id;
        });
        const std::vector<UsedVersion> of_one(first, next);
        first = next;
        if (NewsOf(catalog, all, of_one).empty()) continue;
        const auto now = store.InTurn(tx, of_one.front().kind, of_one.front().id);
        for (const UsedVersion& news : NewsOf(catalog, now, of_one)) store.Save(tx, news);
    }
}

void CheckAgainstUse(const billing::Catalog& catalog, const SettingsFacts& facts) {
    const auto used = UseRepository::List(facts.database, facts.tenant);
    for (const Objection& objection : ObjectionsTo(catalog, used))
        facts.reader.Below(ToString(objection.path))
            .Report(Place(facts.node, objection.path).at, objection.message);
}

}  // namespace livery::catalog
