#pragma once

#include <map>
#include <optional>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/account_directory.h>

#include "domain/account.h"

namespace livery::accounts {

// All SQL of accounts. What belongs to an account is always asked for with the account: another's
// is not there.
class AccountRepository {
 public:
    // Makes the account with the tenant's next number.
    static std::int64_t Insert(db::Transaction& tx, AccountId account, const std::string& name,
                               Instant now);

    static std::vector<AccountDirectory::Entry> List(db::Database& database, const TenantId& tenant,
                                                     std::int64_t after, std::size_t limit);

    static std::map<AccountId, std::string> NamesOf(db::Database& database, const TenantId& tenant,
                                                    const std::vector<AccountId>& accounts);

    // As the tenant's own programs see it.
    struct Summary {
        AccountId id;
        std::int64_t number = 0;
        std::string name;
        std::string account_class;
        std::string customer_class;
        std::string vat_id;
        Instant created_at{};
    };
    // The newest first, by id; from `before` on.
    static std::vector<Summary> ListSummaries(db::Database& database, const TenantId& tenant,
                                              std::optional<AccountId> before, std::size_t limit);
    static std::optional<Summary> FindSummary(db::Transaction& tx, AccountId account);
    static std::vector<Address> ListAddresses(db::Transaction& tx, AccountId account);

    static std::vector<Address> ListAddresses(db::Database& database, const TenantId& tenant,
                                              AccountId account);
    static std::vector<Contact> ListContacts(db::Database& database, const TenantId& tenant,
                                             AccountId account);
    // The newest first, by id; from `before` on.
    static std::vector<Contact> ListContacts(db::Transaction& tx, AccountId account,
                                             std::optional<ContactId> before, std::size_t limit);
    static std::optional<Contact> FindContact(db::Transaction& tx, AccountId account,
                                              ContactId contact);
    // Until the end of the transaction nobody else changes what belongs to the account.
    static void Lock(db::Transaction& tx, AccountId account);
    // By another of its addresses; as people read it, so neither capitals nor accents tell apart.
    static bool IsLabelTaken(db::Transaction& tx, AccountId account, const Address& address);
    // An account that is called as the person follows when the person is called otherwise; one that
    // has a name of its own, a company's, keeps it.
    static void Rename(db::Transaction& tx, AccountId account, const std::string& from,
                       const std::string& to);
    // Makes it, or replaces the one of that id.
    static void Save(db::Transaction& tx, AccountId account, const Address& address);
    static void Save(db::Transaction& tx, AccountId account, const Contact& contact);
    // How many were removed: 0 when it is not there or not theirs.
    static std::uint64_t Remove(db::Transaction& tx, AccountId account, AddressId address);
    static std::uint64_t Remove(db::Transaction& tx, AccountId account, ContactId contact);
};

}  // namespace livery::accounts
