#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "storage/account_repository.h"

namespace livery::accounts {

// Accounts for the tenant's own programs: lists, one with its addresses, making one without a login
// (a customer whom another system brings), changing what billing goes by.
class AccountApi {
 public:
    AccountApi(db::Database& database, const Clock& clock, IdSource& ids)
        : database_(database), clock_(clock), ids_(ids) {}
    void AddTo(Registrar& registrar) const;

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(const api::Call& call) const;
    Result<api::Json> Make(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Change(db::Transaction& tx, const api::Call& call) const;

    db::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
};

void AddAccountSchemas(Registrar& registrar);
// The account of the path. kNotFound: none of this tenant.
Result<AccountId> AccountIn(db::Transaction& tx, const api::Call& call);
// What the body says of it; what is not there stays.
void TakeOver(const api::Json& body, const char* name, std::string& member);
// The account as it stands in the transaction. kNotFound: none of this tenant.
Result<api::Json> Shown(db::Transaction& tx, AccountId id);
api::Json JsonOf(const AccountRepository::Summary& account);
api::Json JsonOf(const AccountRepository::Summary& account, const std::vector<Address>& addresses);

}  // namespace livery::accounts
