#pragma once

#include <livery/ports/billing_contacts.h>
#include <livery/ports/identity.h>

#include "storage/account_repository.h"

namespace livery::accounts {

// Its contacts for bills; without any its owners.
class AccountBillingContacts final : public BillingContacts {
 public:
    explicit AccountBillingContacts(Identity& identity) : identity_(identity) {}

    std::vector<Contact> Of(db::Transaction& tx, AccountId account) override {
        std::vector<Contact> billing;
        std::vector<Contact> owners;
        for (const accounts::Contact& contact :
             AccountRepository::ListContacts(tx, account, std::nullopt, kMost)) {
            if (contact.role != "billing" && contact.role != "owner") continue;
            std::vector<Contact>& of_role = contact.role == "billing" ? billing : owners;
            of_role.push_back({contact.name, contact.email, LanguageOf(tx, contact.email)});
        }
        std::vector<Contact>& readers = billing.empty() ? owners : billing;
        const std::string of_account = FirstLanguage(owners);
        for (Contact& reader : readers) {
            if (reader.language.empty()) reader.language = of_account;
        }
        return readers;
    }

 private:
    static constexpr std::size_t kMost = 100;

    // "" of who has no login here.
    std::string LanguageOf(db::Transaction& tx, const std::string& email) {
        const auto user = identity_.FindByEmail(tx, Realm::kPortal, email);
        return user ? user->language : "";
    }

    static std::string FirstLanguage(const std::vector<Contact>& owners) {
        for (const Contact& owner : owners) {
            if (!owner.language.empty()) return owner.language;
        }
        return "";
    }

    Identity& identity_;
};

}  // namespace livery::accounts
