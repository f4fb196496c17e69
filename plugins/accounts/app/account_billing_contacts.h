#pragma once

#include <optional>

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
            if (contact.role == "billing") billing.push_back({contact.name, contact.email, ""});
            if (contact.role == "owner") owners.push_back({contact.name, contact.email, ""});
        }
        std::vector<Contact>& readers = billing.empty() ? owners : billing;
        std::optional<std::string> of_account;
        for (Contact& reader : readers) {
            reader.language = LanguageOf(tx, reader.email);
            if (!reader.language.empty()) continue;
            if (!of_account) of_account = FirstLanguage(tx, owners);
            reader.language = *of_account;
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

    std::string FirstLanguage(db::Transaction& tx, const std::vector<Contact>& owners) {
        for (const Contact& owner : owners) {
            if (std::string language = LanguageOf(tx, owner.email); !language.empty())
                return language;
        }
        return "";
    }

    Identity& identity_;
};

}  // namespace livery::accounts
