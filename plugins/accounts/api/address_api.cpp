#include "api/address_api.h"

#include <algorithm>

#include "api/account_api.h"
#include "app/address_book.h"
#include "storage/account_repository.h"

namespace livery::accounts {

using api::Call;
using api::Json;

namespace {

// The account of the path, from here on nobody else's to change.
Result<AccountId> LockedAccount(db::Transaction& tx, const Call& call) {
    const AccountId id = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    AccountRepository::Lock(tx, id);
    return AccountIn(tx, call);
}

}  // namespace

Address With(Address address, const Json& body) {
    TakeOver(body, "label", address.label);
    TakeOver(body, "line1", address.line1);
    TakeOver(body, "line2", address.line2);
    TakeOver(body, "postal_code", address.postal_code);
    TakeOver(body, "city", address.city);
    TakeOver(body, "country", address.country);
    TakeOver(body, "region", address.region);
    return address;
}

Address AddressOf(AddressId id, const Json& body) {
    Address address;
    address.id = id;
    return With(std::move(address), body);
}

Result<Json> AddressApi::Make(db::Transaction& tx, const Call& call) const {
    const AccountId account = LIVERY_TRY(LockedAccount(tx, call));
    LIVERY_TRY(KeepAddress(tx, account, AddressOf(AddressId(ids_.Next()), call.body)));
    tx.Touch(SubjectOf(account));
    return Shown(tx, account);
}

Result<Json> AddressApi::Change(db::Transaction& tx, const Call& call) {
    const AccountId account = LIVERY_TRY(LockedAccount(tx, call));
    const AddressId id = LIVERY_TRY(call.request.PathId<AddressId>("address"));
    const auto addresses = AccountRepository::ListAddresses(tx, account);
    const auto found = std::find_if(addresses.begin(), addresses.end(),
                                    [&](const Address& one) { return one.id == id; });
    if (found == addresses.end()) return NotFound("no such address");
    LIVERY_TRY(KeepAddress(tx, account, With(*found, call.body)));
    tx.Touch(SubjectOf(account));
    return Shown(tx, account);
}

Result<Json> AddressApi::Remove(db::Transaction& tx, const Call& call) {
    const AccountId account = LIVERY_TRY(LockedAccount(tx, call));
    const AddressId id = LIVERY_TRY(call.request.PathId<AddressId>("address"));
    LIVERY_TRY(RemoveAddress(tx, account, id));
    tx.Touch(SubjectOf(account));
    return Shown(tx, account);
}

void AddressApi::AddTo(Registrar& registrar) const {
    const auto add = [&](Method method, const char* path, const char* id, const char* summary,
                         const char* body, int status, api::Writing handler) {
        registrar.Add(api::Operation{method,
                                     path,
                                     id,
                                     "Accounts",
                                     "accounts:write",
                                     summary,
                                     "The answer is the account as it is then. Final documents "
                                     "keep what they say.",
                                     {},
                                     body,
                                     "Account",
                                     status,
                                     std::move(handler)});
    };
    constexpr const char* kOne = "/api/v1/accounts/:id/addresses/:address";
    add(Method::kPost, "/api/v1/accounts/:id/addresses", "addAddress", "Add an address",
        "NewAddress", 201,
        [this](db::Transaction& tx, const Call& call) { return Make(tx, call); });
    add(Method::kPatch, kOne, "changeAddress", "Change an address", "AddressChange", 200, &Change);
    add(Method::kDelete, kOne, "removeAddress", "Remove an address, but not the only one", "", 200,
        &Remove);
}

}  // namespace livery::accounts
