#include "app/account_profiles.h"

#include "config.h"
#include "storage/profile_repository.h"

namespace livery::accounts {

namespace {

BillingProfile ProfileOf(BillingFacts facts, const billing::Place& home) {
    BillingProfile profile;
    profile.account = facts.account;
    profile.paid_by = facts.paid_by;
    profile.name = std::move(facts.name);
    profile.account_class = std::move(facts.account_class);
    profile.billing_day = facts.billing_day;
    profile.place = home;
    if (!facts.sites.empty()) {
        const BillingFacts::Site& first = facts.sites.front();
        profile.place = first.place;
        profile.line1 = first.line1;
        profile.line2 = first.line2;
        profile.city = first.city;
    }
    for (BillingFacts::Site& site : facts.sites) {
        if (!site.label.empty()) profile.sites.emplace(std::move(site.label), site.place);
    }
    profile.customer_class = std::move(facts.customer_class);
    profile.vat_id = std::move(facts.vat_id);
    profile.vat_id_valid = facts.vat_id_valid;
    profile.exemptions = std::move(facts.exemptions);
    return profile;
}

}  // namespace

billing::Place AccountProfiles::HomeOf(const TenantId& tenant) const {
    const auto found = tenants_.Find(tenant);
    if (found == nullptr) return {};
    const auto config = found->FindSettings<AccountsConfig>("accounts");
    if (config == nullptr) return {};
    return {config->country, config->region, ""};
}

Result<BillingProfile> AccountProfiles::Of(db::Transaction& tx, AccountId account) {
    auto found = OfRange(tx, account, account);
    if (found.empty()) return NotFound("no such account");
    return std::move(found.front());
}

std::vector<BillingProfile> AccountProfiles::OfRange(db::Transaction& tx, AccountId first,
                                                     AccountId last) {
    const billing::Place home = HomeOf(tx.tenant());
    std::vector<BillingProfile> profiles;
    for (BillingFacts& facts : ProfileRepository::List(tx, first, last))
        profiles.push_back(ProfileOf(std::move(facts), home));
    return profiles;
}

}  // namespace livery::accounts
