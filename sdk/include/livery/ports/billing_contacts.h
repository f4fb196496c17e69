#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/ids.h>

namespace livery {

// Whom to write to about an account's money. Provided by `accounts`. Thread: any.
class BillingContacts {
 public:
    static constexpr std::string_view kPortId = "livery.billing_contacts/1";
    virtual ~BillingContacts();
    struct Contact {
        std::string name;
        std::string email;
        std::string language;  // its reader's, else the account's owner's; "" = neither has one
    };
    // Its contacts for bills; without any its owners.
    virtual std::vector<Contact> Of(db::Transaction& tx, AccountId account) = 0;
};

}  // namespace livery
