#include "app/agreement_desk.h"

#include <algorithm>
#include <set>

#include <livery/check.h>

#include "domain/bundle.h"

namespace livery::subscriptions {

namespace {

// Nothing can be told of who has what the catalog's file lost since it was read.
void CheckSold(const Agreement& agreement, const billing::Catalog& catalog) {
    for (const Choice& choice : agreement.choices) {
        if (catalog.FindPlan(choice.plan) == nullptr)
            throw CatalogRewritesPast("the catalog rewrites what was sold; plans." + choice.plan +
                                      ": it was sold, and is gone");
    }
}

}  // namespace

Result<Agreement> AgreementDesk::Owned(db::Transaction& tx, AccountId account, SubscriptionId id) {
    auto agreement = store_.Find(tx, id);
    if (!agreement || agreement->account != account) return NotFound("error.not_found");
    const auto catalog = catalogs_.Of(tx.tenant());
    CheckSold(*agreement, *catalog);
    if (!agreement->base) return *std::move(agreement);
    const auto base = store_.Find(tx, *agreement->base);
    LIVERY_CHECK(base.has_value(), "an add-on whose base is not there");
    CheckSold(*base, *catalog);
    return FollowBase(*std::move(agreement), *base, *catalog);
}

Result<Agreement> AgreementDesk::Begun(db::Transaction& tx, AccountId account,
                                       const SubscriptionRequest& wanted, CivilTime at) {
    const BillingProfile profile = LIVERY_TRY(profiles_.Of(tx, account));
    const auto catalog = catalogs_.Of(tx.tenant());
    Beginning beginning{SubscriptionId(ids_.Next()), account,       wanted.currency, wanted.site,
                        profile.account_class,       wanted.plan,   wanted.quantity, at,
                        profile.billing_day,         wanted.anchor, nullptr};
    std::optional<Agreement> base;
    if (wanted.base) {
        base = LIVERY_TRY(Owned(tx, account, *wanted.base));
        beginning.base = &*base;
    }
    return Begin(*catalog, beginning);
}

Result<SubscriptionId> AgreementDesk::Subscribe(db::Transaction& tx, AccountId account,
                                                const SubscriptionRequest& wanted, CivilTime at) {
    const Agreement agreement = LIVERY_TRY(Begun(tx, account, wanted, at));
    NoteUse(tx, *catalogs_.Of(tx.tenant()), {agreement}, DayOf(at));
    store_.Save(tx, agreement);
    tx.Touch(SubjectOf(account));
    return agreement.id;
}

Result<void> AgreementDesk::Check(db::Transaction& tx, AccountId account,
                                  const SubscriptionRequest& wanted, CivilTime at) {
    LIVERY_TRY(Begun(tx, account, wanted, at));
    return {};
}

namespace {

// The last day whose version of a plan was chosen.
Date LastDayOf(const Agreement& agreement) {
    Date last{};
    for (const Choice& choice : agreement.choices) last = std::max(last, choice.catalog_day);
    return last;
}

}  // namespace

void AgreementDesk::NoteUse(db::Transaction& tx, const billing::Catalog& catalog,
                            const std::vector<Agreement>& agreements, Date today) {
    std::set<billing::Sold> sold;
    for (const Agreement& agreement : agreements) {
        for (const Choice& choice : agreement.choices)
            sold.insert({choice.plan, choice.catalog_day, agreement.currency});
    }
    catalogs_.NoteUse(tx, catalog, {sold.begin(), sold.end()}, today);
}

Result<void> AgreementDesk::Change(db::Transaction& tx, AccountId account, SubscriptionId id,
                                   const Transition& transition) {
    Agreement agreement = LIVERY_TRY(Owned(tx, account, id));
    const auto catalog = catalogs_.Of(tx.tenant());
    agreement = LIVERY_TRY(transition(std::move(agreement), *catalog));
    NoteUse(tx, *catalog, {agreement}, LastDayOf(agreement));
    store_.Save(tx, agreement);
    tx.Touch(SubjectOf(account));
    return {};
}

Result<void> AgreementDesk::RecordUse(db::Transaction& tx, AccountId account, SubscriptionId id,
                                      const Use& use) {
    const Agreement agreement = LIVERY_TRY(Owned(tx, account, id));
    if (use.units <= Decimal(0)) return InvalidField("units", "error.quantity");
    const auto catalog = catalogs_.Of(tx.tenant());
    const AgreementView view(agreement, *catalog);
    if (view.IsOver(use.at)) return Conflict("error.subscription_over");
    if (use.at < agreement.started_at) return Conflict("error.date_before_start");
    const Choice& choice = view.ChoiceAt(use.at);
    const auto& phases = view.VersionAt(choice, use.at).phases;
    const bool measured = std::any_of(phases.begin(), phases.end(), [&](const auto& phase) {
        return std::any_of(phase.usage.begin(), phase.usage.end(),
                           [&](const auto& usage) { return usage.meter == use.meter; });
    });
    if (!measured) return InvalidField("meter", "error.no_such_meter");
    store_.AddUsage(tx, id, use.meter, {use.at, use.units});
    return {};
}

std::vector<billing::Timeline> AgreementDesk::Of(db::Transaction& tx, AccountId account,
                                                 CivilTime as_of) {
    const auto catalog = catalogs_.Of(tx.tenant());
    std::vector<Agreement> agreements = store_.OfAccount(tx, account);
    NoteUse(tx, *catalog, agreements, DayOf(as_of));
    std::vector<billing::Timeline> timelines;
    for (const Agreement& agreement : WithBases(std::move(agreements), *catalog)) {
        timelines.push_back(
            TimelineOf(agreement, *catalog, store_.UsageOf(tx, agreement.id), as_of));
    }
    return timelines;
}

std::vector<billing::Timeline> AgreementDesk::OfRange(db::Transaction& tx, AccountId first,
                                                      AccountId last, CivilTime as_of, For what) {
    const auto catalog = catalogs_.Of(tx.tenant());
    const auto usage = store_.UsageInRange(tx, first, last);
    static const std::vector<UsageOfMeter> kNone;
    std::vector<Agreement> agreements = store_.InRange(tx, first, last);
    if (what == For::kCharging) NoteUse(tx, *catalog, agreements, DayOf(as_of));
    std::vector<billing::Timeline> timelines;
    for (const Agreement& agreement : WithBases(std::move(agreements), *catalog)) {
        const auto used = usage.find(agreement.id);
        timelines.push_back(
            TimelineOf(agreement, *catalog, used == usage.end() ? kNone : used->second, as_of));
    }
    return timelines;
}

}  // namespace livery::subscriptions
