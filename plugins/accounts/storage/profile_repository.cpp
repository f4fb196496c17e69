#include "storage/profile_repository.h"

#include <map>

namespace livery::accounts {

namespace {

using db::Statement;

// An account from before it had a name of its own is called as its first contact.
constexpr Statement kListProfiles{
    "accounts.list_profiles",
    "SELECT a.id, COALESCE(NULLIF(a.name, ''), (SELECT c.name FROM accounts_contact c "
    "WHERE c.tenant_id = a.tenant_id AND c.account_id = a.id ORDER BY c.id LIMIT 1), ''), "
    "a.account_class, a.billing_day, a.customer_class, a.vat_id, a.vat_id_valid, a.paid_by_id "
    "FROM accounts_account a WHERE a.tenant_id = :tenant AND a.id BETWEEN ? AND ? ORDER BY a.id"};
constexpr Statement kListSites{
    "accounts.list_sites",
    "SELECT account_id, label, country, region, postal_code FROM accounts_address "
    "WHERE tenant_id = :tenant AND account_id BETWEEN ? AND ? ORDER BY account_id, id"};
constexpr Statement kListExemptions{
    "accounts.list_exemptions",
    "SELECT account_id, tax, certificate, until_on FROM accounts_exemption "
    "WHERE tenant_id = :tenant AND account_id BETWEEN ? AND ? ORDER BY account_id, tax"};
constexpr Statement kSaveProfile{
    "accounts.save_profile",
    "UPDATE accounts_account SET name = ?, account_class = ?, billing_day = ?, customer_class = ?, "
    "vat_id = ?, vat_id_valid = ?, paid_by_id = ? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kRemoveExemptions{
    "accounts.remove_exemptions",
    "DELETE FROM accounts_exemption WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kAddExemption{
    "accounts.add_exemption",
    "INSERT INTO accounts_exemption (tenant_id, account_id, tax, certificate, until_on) "
    "VALUES (:tenant, ?, ?, ?, ?)"};

BillingFacts FactsOf(const db::Row& row) {
    BillingFacts facts;
    facts.account = row.As<AccountId>(0);
    facts.name = row.Text(1);
    facts.account_class = row.Text(2);
    facts.billing_day = row.Int(3);
    facts.customer_class = row.Text(4);
    facts.vat_id = row.Text(5);
    if (!row.IsNull(6)) facts.vat_id_valid = row.Bool(6);
    if (!row.IsNull(7)) facts.paid_by = row.As<AccountId>(7);
    return facts;
}

}  // namespace

std::vector<BillingFacts> ProfileRepository::List(db::Transaction& tx, AccountId first,
                                                  AccountId last) {
    std::vector<BillingFacts> found;
    std::map<AccountId, std::size_t> places;
    for (const db::Row row : tx.Query(kListProfiles, {first, last})) {
        places.emplace(row.As<AccountId>(0), found.size());
        found.push_back(FactsOf(row));
    }
    for (const db::Row row : tx.Query(kListSites, {first, last})) {
        const auto owner = places.find(row.As<AccountId>(0));
        if (owner == places.end()) continue;
        found[owner->second].sites.push_back(
            {std::string(row.Text(1)),
             {std::string(row.Text(2)), std::string(row.Text(3)), std::string(row.Text(4))}});
    }
    for (const db::Row row : tx.Query(kListExemptions, {first, last})) {
        const auto owner = places.find(row.As<AccountId>(0));
        if (owner == places.end()) continue;
        found[owner->second].exemptions.push_back(
            {std::string(row.Text(1)), std::string(row.Text(2)), row.Date(3)});
    }
    return found;
}

bool ProfileRepository::Save(db::Transaction& tx, const BillingFacts& facts) {
    std::optional<int> valid;
    if (facts.vat_id_valid) valid = *facts.vat_id_valid ? 1 : 0;
    if (tx.Execute(kSaveProfile,
                   {facts.name, facts.account_class, facts.billing_day, facts.customer_class,
                    facts.vat_id, valid, facts.paid_by, facts.account}) == 0)
        return false;
    tx.Execute(kRemoveExemptions, {facts.account});
    for (const auto& exemption : facts.exemptions) {
        tx.Execute(kAddExemption,
                   {facts.account, exemption.tax, exemption.certificate, exemption.until});
    }
    return true;
}

}  // namespace livery::accounts
