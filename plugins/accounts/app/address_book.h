#pragma once

#include <livery/db/database.h>

#include "domain/account.h"

namespace livery::accounts {

// Keeps an address of the account: a new one, or the one of that id. kInvalidArgument with a text
// key per field; `label_taken`: another address has that label, and orders could not tell them
// apart. A part of the caller's transaction.
Result<void> KeepAddress(db::Transaction& tx, AccountId account, const Address& address);

// Takes an address away. kNotFound: the account has none of that id. kConflict `only_address`: it
// has no other, and without any it would be invoiced and taxed as if it were where the tenant is.
// A part of the caller's transaction.
Result<void> RemoveAddress(db::Transaction& tx, AccountId account, AddressId address);

}  // namespace livery::accounts
