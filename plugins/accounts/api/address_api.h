#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "domain/account.h"

namespace livery::accounts {

// The addresses of an account for the tenant's own programs: one more, another, none. Each answer
// is the account as it then is. Documents that are final keep what they say.
class AddressApi {
 public:
    explicit AddressApi(IdSource& ids) : ids_(ids) {}
    void AddTo(Registrar& registrar) const;

 private:
    Result<api::Json> Make(db::Transaction& tx, const api::Call& call) const;
    static Result<api::Json> Change(db::Transaction& tx, const api::Call& call);
    static Result<api::Json> Remove(db::Transaction& tx, const api::Call& call);

    IdSource& ids_;
};

// The address with what the body says; what is not there stays.
Address With(Address address, const api::Json& body);
Address AddressOf(AddressId id, const api::Json& body);

}  // namespace livery::accounts
