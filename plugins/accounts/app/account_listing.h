#pragma once

#include <livery/db/database.h>
#include <livery/ports/account_directory.h>
#include <livery/ports/account_names.h>

#include "storage/account_repository.h"

namespace livery::accounts {

// AccountDirectory for other plugins.
class AccountListing final : public AccountDirectory {
 public:
    explicit AccountListing(db::Database& database) : database_(database) {}
    std::vector<Entry> List(const TenantId& tenant, std::int64_t after,
                            std::size_t limit) override {
        return AccountRepository::List(database_, tenant, after, limit);
    }

 private:
    db::Database& database_;
};

// AccountNames for other plugins.
class NamesOfAccounts final : public AccountNames {
 public:
    explicit NamesOfAccounts(db::Database& database) : database_(database) {}
    std::map<AccountId, std::string> Of(const TenantId& tenant,
                                        const std::vector<AccountId>& accounts) override {
        return AccountRepository::NamesOf(database_, tenant, accounts);
    }

 private:
    db::Database& database_;
};

}  // namespace livery::accounts
