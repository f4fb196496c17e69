#include "storage/account_repository.h"

#include <livery/db/id_list.h>

namespace livery::accounts {

namespace {

using db::Statement;

constexpr std::int64_t kFirstNumber = 100'001;

constexpr Statement kCount{
    "accounts.count",
    "INSERT INTO accounts_counter (tenant_id, last_number) VALUES (:tenant, ?) "
    "ON DUPLICATE KEY UPDATE last_number = last_number + 1"};
constexpr Statement kLastNumber{
    "accounts.last_number",
    "SELECT last_number FROM accounts_counter WHERE tenant_id = :tenant FOR UPDATE"};
constexpr Statement kInsert{
    "accounts.insert",
    "INSERT INTO accounts_account (tenant_id, id, number, name, created_at) "
    "VALUES (:tenant, ?, ?, ?, ?)"};
constexpr Statement kList{"accounts.list",
                          "SELECT id, number FROM accounts_account WHERE tenant_id = :tenant AND "
                          "number > ? ORDER BY number LIMIT ?"};
// An account from before it had a name of its own is called as its first contact.
#define ACCOUNT_NAME                                                       \
    "COALESCE(NULLIF(a.name, ''), (SELECT c.name FROM accounts_contact c " \
    "WHERE c.tenant_id = a.tenant_id AND c.account_id = a.id ORDER BY c.id LIMIT 1), '')"
#define ACCOUNT_SUMMARY                    \
    "SELECT a.id, a.number, " ACCOUNT_NAME \
    ", "                                   \
    "a.account_class, a.customer_class, a.vat_id, a.created_at FROM accounts_account a "
constexpr Statement kNames{"accounts.names",
                           "SELECT a.id, " ACCOUNT_NAME
                           " FROM JSON_TABLE(?, '$[*]' COLUMNS (id CHAR(32) PATH '$')) w JOIN "
                           "accounts_account a ON a.tenant_id = :tenant AND a.id = UNHEX(w.id)"};
constexpr Statement kListSummaries{"accounts.list_summaries", ACCOUNT_SUMMARY
                                   "WHERE a.tenant_id = :tenant AND (? IS NULL OR a.id < ?) "
                                   "ORDER BY a.id DESC LIMIT ?"};
constexpr Statement kFindSummary{"accounts.find_summary",
                                 ACCOUNT_SUMMARY "WHERE a.tenant_id = :tenant AND a.id = ?"};
constexpr Statement kListAddresses{
    "accounts.list_addresses",
    "SELECT id, label, line1, line2, postal_code, city, country, region FROM accounts_address "
    "WHERE tenant_id = :tenant AND account_id = ? ORDER BY id LIMIT 100"};
constexpr Statement kListContacts{"accounts.list_contacts",
                                  "SELECT id, name, email, role FROM accounts_contact WHERE "
                                  "tenant_id = :tenant AND account_id = ? ORDER BY id LIMIT 100"};
constexpr Statement kPageContacts{
    "accounts.page_contacts",
    "SELECT id, name, email, role FROM accounts_contact WHERE tenant_id = :tenant AND account_id = "
    "? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?"};
constexpr Statement kFindContact{"accounts.find_contact",
                                 "SELECT id, name, email, role FROM accounts_contact WHERE "
                                 "tenant_id = :tenant AND account_id = ? AND id = ?"};
constexpr Statement kLock{
    "accounts.lock",
    "SELECT id FROM accounts_account WHERE tenant_id = :tenant AND id = ? FOR UPDATE"};
constexpr Statement kLabelTaken{"accounts.label_taken",
                                "SELECT COUNT(*) FROM accounts_address WHERE tenant_id = :tenant "
                                "AND account_id = ? AND label = ? AND id <> ?"};
constexpr Statement kRename{"accounts.rename",
                            "UPDATE accounts_account SET name = ? WHERE tenant_id = :tenant AND id "
                            "= ? AND name IN (?, '')"};
constexpr Statement kSaveAddress{
    "accounts.save_address",
    "INSERT INTO accounts_address (tenant_id, account_id, id, label, "
    "line1, line2, postal_code, city, country, region) "
    "VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
    "label = VALUES(label), line1 = VALUES(line1), "
    "line2 = VALUES(line2), postal_code = VALUES(postal_code), city = "
    "VALUES(city), country = VALUES(country), region = VALUES(region)"};
constexpr Statement kSaveContact{
    "accounts.save_contact",
    "INSERT INTO accounts_contact (tenant_id, account_id, id, name, email, role) VALUES (:tenant, "
    "?, ?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE name = VALUES(name), email = VALUES(email), role = VALUES(role)"};
constexpr Statement kRemoveAddress{
    "accounts.remove_address",
    "DELETE FROM accounts_address WHERE tenant_id = :tenant AND account_id = ? AND id = ?"};
constexpr Statement kRemoveContact{
    "accounts.remove_contact",
    "DELETE FROM accounts_contact WHERE tenant_id = :tenant AND account_id = ? AND id = ?"};

Contact ContactOf(const db::Row& row) {
    return {row.As<ContactId>(0), std::string(row.Text(1)), std::string(row.Text(2)),
            std::string(row.Text(3))};
}

std::vector<Contact> ContactsOf(const db::Rows& rows) {
    std::vector<Contact> contacts;
    for (const db::Row row : rows) contacts.push_back(ContactOf(row));
    return contacts;
}

AccountRepository::Summary SummaryOf(const db::Row& row) {
    return {row.As<AccountId>(0),
            row.Int64(1),
            std::string(row.Text(2)),
            std::string(row.Text(3)),
            std::string(row.Text(4)),
            std::string(row.Text(5)),
            row.Time(6)};
}

std::vector<Address> AddressesOf(const db::Rows& rows) {
    std::vector<Address> addresses;
    for (const db::Row row : rows) {
        const auto text = [&](std::size_t column) { return std::string(row.Text(column)); };
        addresses.push_back(
            {row.As<AddressId>(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7)});
    }
    return addresses;
}

}  // namespace

std::map<AccountId, std::string> AccountRepository::NamesOf(
    db::Database& database, const TenantId& tenant, const std::vector<AccountId>& accounts) {
    std::map<AccountId, std::string> names;
    if (accounts.empty()) return names;
    for (const db::Row row : database.Query(tenant, kNames, {db::IdList(accounts)}))
        names.emplace(row.As<AccountId>(0), row.Text(1));
    return names;
}

std::vector<AccountRepository::Summary> AccountRepository::ListSummaries(
    db::Database& database, const TenantId& tenant, std::optional<AccountId> before,
    std::size_t limit) {
    std::vector<Summary> found;
    for (const db::Row row : database.Query(tenant, kListSummaries, {before, before, limit}))
        found.push_back(SummaryOf(row));
    return found;
}

std::optional<AccountRepository::Summary> AccountRepository::FindSummary(db::Transaction& tx,
                                                                         AccountId account) {
    const db::Rows rows = tx.Query(kFindSummary, {account});
    return rows.empty() ? std::nullopt : std::optional(SummaryOf(rows[0]));
}

std::vector<Address> AccountRepository::ListAddresses(db::Transaction& tx, AccountId account) {
    return AddressesOf(tx.Query(kListAddresses, {account}));
}

std::int64_t AccountRepository::Insert(db::Transaction& tx, AccountId account,
                                       const std::string& name, Instant now) {
    tx.Execute(kCount, {kFirstNumber});
    const std::int64_t number = tx.Query(kLastNumber, {}).Only().Int64(0);
    tx.Execute(kInsert, {account, number, name, now});
    return number;
}

std::vector<AccountDirectory::Entry> AccountRepository::List(db::Database& database,
                                                             const TenantId& tenant,
                                                             std::int64_t after,
                                                             std::size_t limit) {
    std::vector<AccountDirectory::Entry> entries;
    for (const db::Row row : database.Query(tenant, kList, {after, limit}))
        entries.push_back({row.As<AccountId>(0), row.Int64(1)});
    return entries;
}

std::vector<Address> AccountRepository::ListAddresses(db::Database& database,
                                                      const TenantId& tenant, AccountId account) {
    return AddressesOf(database.Query(tenant, kListAddresses, {account}));
}

std::vector<Contact> AccountRepository::ListContacts(db::Database& database, const TenantId& tenant,
                                                     AccountId account) {
    return ContactsOf(database.Query(tenant, kListContacts, {account}));
}

std::vector<Contact> AccountRepository::ListContacts(db::Transaction& tx, AccountId account,
                                                     std::optional<ContactId> before,
                                                     std::size_t limit) {
    return ContactsOf(tx.Query(kPageContacts, {account, before, before, limit}));
}

std::optional<Contact> AccountRepository::FindContact(db::Transaction& tx, AccountId account,
                                                      ContactId contact) {
    const db::Rows rows = tx.Query(kFindContact, {account, contact});
    return rows.empty() ? std::nullopt : std::optional(ContactOf(rows[0]));
}

void AccountRepository::Lock(db::Transaction& tx, AccountId account) { tx.Query(kLock, {account}); }

bool AccountRepository::IsLabelTaken(db::Transaction& tx, AccountId account,
                                     const Address& address) {
    return tx.Query(kLabelTaken, {account, address.label, address.id}).Only().Int64(0) > 0;
}

void AccountRepository::Rename(db::Transaction& tx, AccountId account, const std::string& from,
                               const std::string& to) {
    tx.Execute(kRename, {to, account, from});
}

void AccountRepository::Save(db::Transaction& tx, AccountId account, const Address& a) {
    tx.Execute(kSaveAddress, {account, a.id, a.label, a.line1, a.line2, a.postal_code, a.city,
                              a.country, a.region});
}

void AccountRepository::Save(db::Transaction& tx, AccountId account, const Contact& c) {
    tx.Execute(kSaveContact, {account, c.id, c.name, c.email, c.role});
}

std::uint64_t AccountRepository::Remove(db::Transaction& tx, AccountId account, AddressId address) {
    return tx.Execute(kRemoveAddress, {account, address});
}

std::uint64_t AccountRepository::Remove(db::Transaction& tx, AccountId account, ContactId contact) {
    return tx.Execute(kRemoveContact, {account, contact});
}

}  // namespace livery::accounts
