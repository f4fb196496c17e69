#pragma once

#include <map>

#include <livery/demo/demo.h>

#include "app/registration.h"

namespace livery::accounts {

// Makes the subscribers of `demo.yaml` through Registration: `password`, `subscribers: [{name,
// email, company, customer_class, account_class, vat_id, paid_by, addresses}]`. `paid_by` is the
// e-mail of one further up; an address is `{label, line1, postal_code, city, country, region}`.
class DemoSubscribers {
 public:
    DemoSubscribers(Registration& registration, Identity& identity, db::Database& database,
                    IdSource& ids)
        : registration_(registration), identity_(identity), database_(database), ids_(ids) {}
    void Generate(DemoContext& demo);

 private:
    void Describe(DemoContext& demo, const config::Node& person, AccountId account);
    void AddAddress(DemoContext& demo, const config::Node& node, AccountId account);

    Registration& registration_;
    Identity& identity_;
    db::Database& database_;
    IdSource& ids_;
    std::map<std::string, AccountId> by_email_;
};

}  // namespace livery::accounts
