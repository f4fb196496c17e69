#include "domain/catalog_use.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace livery::catalog {

using billing::Catalog;
using billing::Plan;
using billing::PlanVersion;
using billing::Product;

namespace {

using Path = std::vector<std::string>;
using Kind = UsedVersion::Kind;

// A version as the catalog has it now, of a plan or of an add-on.
struct VersionNow {
    Date from{};
    bool moves_existing = false;
    Terms terms;
};

// What the catalog says now of one id: its versions in their order.
std::optional<std::vector<VersionNow>> VersionsNow(const Catalog& catalog, Kind kind,
                                                   const std::string& id) {
    std::vector<VersionNow> versions;
    if (kind == Kind::kPlan) {
        const Plan* plan = catalog.FindPlan(id);
        if (plan == nullptr) return std::nullopt;
        for (const PlanVersion& version : plan->versions)
            versions.push_back(
                {version.effective_from, version.migrate_existing, TermsOf(*plan, version)});
        return versions;
    }
    const auto product = catalog.products.find(id);
    if (product == catalog.products.end()) return std::nullopt;
    versions.push_back({{}, true, TermsOf(product->second.addon_to)});
    for (const Product::Version& version : product->second.versions)
        versions.push_back({version.effective_from, true, TermsOf(version.addon_to)});
    return versions;
}

// All that was used of one plan or add-on, against what the catalog says of it.
class Judgement {
 public:
    Judgement(const Catalog& catalog, const std::vector<UsedVersion>& used)
        : kind_(used.front().kind),
          used_(used),
          now_(VersionsNow(catalog, kind_, used.front().id)),
          path_{kind_ == Kind::kPlan ? "plans" : "products", used.front().id} {
        for (const UsedVersion& version : used)
            last_ = std::max({last_, version.sold_on, version.used_on});
    }

    std::vector<Objection> Pass() {
        if (!now_) {
            Object(Objection::Reason::kGone, path_, Gone());
            return std::move(objections_);
        }
        for (const UsedVersion& version : used_) {
            CheckTerms(version);
            CheckLater(version);
        }
        return std::move(objections_);
    }

 private:
    std::string Gone() const {
        return kind_ == Kind::kPlan
                   ? "is sold, so it cannot be taken out: who has it could not be billed; keep it, "
                     "with `retired: true` if nobody else shall get it"
                   : "is an add-on that is sold, so it cannot be taken out; retire its plans "
                     "(`retired: true`)";
    }
    // What one can do instead of changing what was sold.
    std::string Instead(const std::string& key) const {
        if (key == "product") return "make a new plan, and let `changes` lead to it";
        return fmt::format("leave it, and add to `versions` what holds from a day after {} on",
                           ToIso(last_));
    }

    void CheckTerms(const UsedVersion& sold) {
        const auto place = std::find_if(now_->begin(), now_->end(), [&](const VersionNow& version) {
            return version.from == sold.from;
        });
        if (place == now_->end()) {
            Object(Objection::Reason::kGone, With({"versions"}),
                   fmt::format("the version of {} is sold, so it cannot be taken out or dated "
                               "otherwise; put it back, and add one that holds after {}",
                               ToIso(sold.from), ToIso(last_)));
            return;
        }
        if (ToText(place->terms) == sold.terms) return;
        for (const TermChange& change : Told(ChangesOf(TermsFrom(sold.terms), place->terms)))
            Object(Objection::Reason::kChanged, PathOf(*place, change.key), Changed(change));
    }

    // Of phases that are more or fewer than they were nothing else can be compared.
    static std::vector<TermChange> Told(std::vector<TermChange> changes) {
        const auto number =
            std::find_if(changes.begin(), changes.end(),
                         [](const TermChange& change) { return change.key == "phases"; });
        return number == changes.end() ? changes : std::vector<TermChange>{*number};
    }

    std::string Changed(const TermChange& change) const {
        const auto shown = [](const std::string& value) {
            return value.empty() ? std::string("nothing") : "`" + value + "`";
        };
        return fmt::format("was sold as {} and is {} now, which would charge anew for the past; {}",
                           shown(change.was), shown(change.is), Instead(change.key));
    }

    // A version that is later than the sold one, and would hold in its place for time that passed.
    void CheckLater(const UsedVersion& sold) {
        for (const VersionNow& later : *now_) {
            if (later.from <= sold.from) continue;
            const bool for_new = later.from <= sold.sold_on && kind_ == Kind::kPlan;
            const bool for_all =
                later.moves_existing && later.from <= sold.used_on && !IsUsed(later.from);
            if (!for_new && !for_all) continue;
            Object(Objection::Reason::kDatedBack, PathOf(later, "effective_from"),
                   fmt::format("{} lies in time that is sold or charged by the version before, "
                               "which was last used on {}; take a later day",
                               ToIso(later.from), ToIso(last_)));
        }
    }

    bool IsUsed(Date from) const {
        return std::any_of(used_.begin(), used_.end(),
                           [&](const UsedVersion& version) { return version.from == from; });
    }

    Path With(const Path& below) const {
        Path path = path_;
        path.insert(path.end(), below.begin(), below.end());
        return path;
    }
    // `phases[1].recurring.EUR` of a version → its keys in the file.
    Path PathOf(const VersionNow& version, const std::string& key) const {
        const std::size_t place = static_cast<std::size_t>(&version - now_->data());
        Path path = path_;
        const bool of_plan = key == "product";
        if (place > 0 && !of_plan) {
            path.emplace_back("versions");
            path.push_back(fmt::format("[{}]", place - 1));
        }
        std::string word;
        for (const char c : key) {
            if (c == '.' || c == '[') {
                if (!word.empty()) path.push_back(std::exchange(word, ""));
                if (c == '[') word = "[";
            } else {
                word += c;
            }
        }
        if (!word.empty()) path.push_back(word);
        return path;
    }

    void Object(Objection::Reason reason, Path path, std::string message) {
        Objection objection{reason, std::move(path), std::move(message)};
        if (std::find(objections_.begin(), objections_.end(), objection) == objections_.end())
            objections_.push_back(std::move(objection));
    }

    Kind kind_;
    const std::vector<UsedVersion>& used_;
    std::optional<std::vector<VersionNow>> now_;
    Path path_;
    Date last_{};
    std::vector<Objection> objections_;
};

// Collects versions, each once.
class Uses {
 public:
    explicit Uses(Date today) : today_(today) {}
    void Add(Kind kind, const std::string& id, Date from, Date sold_on, const Terms& terms) {
        UsedVersion use{kind, id, from, sold_on, today_, ToText(terms)};
        const auto [place, fresh] = uses_.try_emplace({kind, id, from}, use);
        if (!fresh) place->second = Joined(std::move(place->second), use);
    }
    std::vector<UsedVersion> Take() {
        std::vector<UsedVersion> list;
        for (auto& [key, use] : uses_) list.push_back(std::move(use));
        return list;
    }

 private:
    Date today_;
    std::map<std::tuple<Kind, std::string, Date>, UsedVersion> uses_;
};

}  // namespace

UsedVersion Joined(UsedVersion before, const UsedVersion& now) {
    before.sold_on = std::max(before.sold_on, now.sold_on);
    before.used_on = std::max(before.used_on, now.used_on);
    if (before.terms == now.terms) return before;
    Terms terms = TermsFrom(now.terms);
    terms.merge(TermsFrom(before.terms));
    before.terms = ToText(terms);
    return before;
}

std::vector<UsedVersion> UsedBy(const Catalog& catalog, const std::vector<billing::Sold>& sold,
                                Date today) {
    Uses uses(today);
    for (const auto& [id, day, currency] : sold) {
        const Plan* plan = catalog.FindPlan(id);
        if (plan == nullptr) {
            uses.Add(Kind::kPlan, id, {}, std::min(day, today), {});
            continue;
        }
        // What begins later gets the version of its first day: it is not known yet.
        const Date begun = std::min(day, today);
        const PlanVersion& version = plan->VersionOn(begun);
        uses.Add(Kind::kPlan, id, version.effective_from, begun,
                 InCurrency(TermsOf(*plan, version), currency));
        for (const PlanVersion& later : plan->versions) {
            const bool moved = later.migrate_existing && begun < later.effective_from;
            if (moved && later.effective_from <= today)
                uses.Add(Kind::kPlan, id, later.effective_from, {},
                         InCurrency(TermsOf(*plan, later), currency));
        }
        const Product& product = catalog.ProductOf(*plan);
        if (!product.IsAddon()) continue;
        Date from{};
        for (const Product::Version& later : product.versions) {
            if (later.effective_from <= today) from = later.effective_from;
        }
        uses.Add(Kind::kProduct, product.id, from, today, TermsOf(product.AddonToOn(today)));
    }
    return uses.Take();
}

std::vector<Objection> ObjectionsTo(const Catalog& catalog, const std::vector<UsedVersion>& used) {
    std::map<std::pair<Kind, std::string>, std::vector<UsedVersion>> by_id;
    for (const UsedVersion& version : used) by_id[{version.kind, version.id}].push_back(version);
    std::vector<Objection> objections;
    for (const auto& [id, versions] : by_id) {
        std::vector<Objection> found = Judgement(catalog, versions).Pass();
        objections.insert(objections.end(), found.begin(), found.end());
    }
    return objections;
}

std::string ToString(const std::vector<std::string>& path) {
    std::string text;
    for (const std::string& key : path) {
        if (!text.empty() && key.front() != '[') text += '.';
        text += key;
    }
    return text;
}

}  // namespace livery::catalog
