#pragma once

#include <livery/api/operation.h>
#include <livery/ports/identity.h>
#include <livery/registrar.h>

#include "domain/account.h"

namespace livery::accounts {

// The contacts of an account for the tenant's own programs: whom to write to, with or without a
// login. Changing one changes no login.
class ContactApi {
 public:
    ContactApi(db::Database& database, Identity& identity, IdSource& ids)
        : database_(database), identity_(identity), ids_(ids) {}
    void AddTo(Registrar& registrar) const;

 private:
    Result<api::Json> List(const api::Call& call) const;
    Result<api::Json> Show(const api::Call& call) const;
    Result<api::Json> Make(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Change(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Remove(db::Transaction& tx, const api::Call& call) const;
    Result<api::Json> Keep(db::Transaction& tx, AccountId account, const Contact& contact) const;

    db::Database& database_;
    Identity& identity_;
    IdSource& ids_;
};

void AddContactSchemas(Registrar& registrar);
api::Json JsonOf(const Contact& contact);

}  // namespace livery::accounts
