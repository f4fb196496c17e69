#include "app/address_book.h"

#include <algorithm>

#include "storage/account_repository.h"

namespace livery::accounts {

Result<void> KeepAddress(db::Transaction& tx, AccountId account, const Address& address) {
    LIVERY_TRY(Check(address));
    // Two that are saved at once are saved one after the other.
    AccountRepository::Lock(tx, account);
    if (!address.label.empty() && AccountRepository::IsLabelTaken(tx, account, address))
        return InvalidField("label", "error.label_taken");
    AccountRepository::Save(tx, account, address);
    return {};
}

Result<void> RemoveAddress(db::Transaction& tx, AccountId account, AddressId address) {
    // Of two that are taken away at once the second one may be the last.
    AccountRepository::Lock(tx, account);
    const auto addresses = AccountRepository::ListAddresses(tx, account);
    const bool there = std::any_of(addresses.begin(), addresses.end(),
                                   [&](const Address& own) { return own.id == address; });
    if (!there) return NotFound("no such address");
    if (addresses.size() == 1) return Conflict("error.only_address");
    AccountRepository::Remove(tx, account, address);
    return {};
}

}  // namespace livery::accounts
