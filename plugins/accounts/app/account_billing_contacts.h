#pragma once

#include <livery/ports/billing_contacts.h>

#include "storage/account_repository.h"

namespace livery::accounts {

// Its contacts for bills; without any its owners.
class AccountBillingContacts final : public BillingContacts {
 public:
    std::vector<Contact> Of(db::Transaction& tx, AccountId account) override {
        std::vector<Contact> billing;
        std::vector<Contact> owners;
        for (const accounts::Contact& contact :
             AccountRepository::ListContacts(tx, account, std::nullopt, kMost)) {
            if (contact.role == "billing") billing.push_back({contact.name, contact.email});
            if (contact.role == "owner") owners.push_back({contact.name, contact.email});
        }
        return billing.empty() ? owners : billing;
    }

 private:
    static constexpr std::size_t kMost = 100;
};

}  // namespace livery::accounts
