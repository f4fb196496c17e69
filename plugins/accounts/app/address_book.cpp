#include "app/address_book.h"

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

}  // namespace livery::accounts
