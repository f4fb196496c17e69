#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/billing/tax.h>
#include <livery/ids.h>

namespace livery::accounts {

// What an account is to billing, as it is kept.
struct BillingFacts {
    struct Site {
        std::string label;  // "" = none
        billing::Place place;
        std::string line1;
        std::string line2;
        std::string city;
    };
    AccountId account;
    std::string name;
    std::string account_class;
    int billing_day = 0;  // 0 = none
    std::string customer_class = "consumer";
    std::string vat_id;
    std::optional<bool> vat_id_valid;  // none = nobody was asked
    std::optional<AccountId> paid_by;
    std::vector<Site> sites;  // its addresses, the oldest first
    std::vector<billing::TaxQuestion::Exemption> exemptions;
};

}  // namespace livery::accounts
