#include "app/demo_subscribers.h"

#include <livery/check.h>

#include "domain/account.h"
#include "storage/account_repository.h"
#include "storage/profile_repository.h"

namespace livery::accounts {

namespace {

std::string Text(const config::Node& node, std::string_view key, const char* otherwise = "") {
    const config::Node* found = node.Find(key);
    return found == nullptr ? otherwise : found->text;
}

}  // namespace

void DemoSubscribers::Generate(DemoContext& demo) {
    const config::Node* people = demo.script.Find("subscribers");
    const config::Node* password = demo.script.Find("password");
    LIVERY_CHECK(people != nullptr && password != nullptr,
                 "demo.yaml needs `password` and `subscribers`");
    // One hash for all: a demo login is no secret, and 0.1 s each would make a slow start.
    const auto hash = identity_.HashPassword(password->text);
    LIVERY_CHECK(hash.has_value(), "no password hash");
    by_email_.clear();
    for (const config::Node& person : people->items) {
        demo.clock.Set(demo.now - std::chrono::days(500 + demo.Draw(500)));
        const std::string email = Text(person, "email");
        const auto made =
            registration_.CreateVerified(demo.tenant, {Text(person, "name"), email, "", ""}, *hash);
        LIVERY_CHECK(made.has_value(), "a demo subscriber is there twice");
        by_email_.emplace(email, *made);
        Describe(demo, person, *made);
    }
}

void DemoSubscribers::Describe(DemoContext& demo, const config::Node& person, AccountId account) {
    BillingFacts facts;
    facts.account = account;
    facts.name = Text(person, "company", Text(person, "name").c_str());
    facts.account_class = Text(person, "account_class");
    facts.customer_class = Text(person, "customer_class", "consumer");
    facts.vat_id = Text(person, "vat_id");
    if (!facts.vat_id.empty()) facts.vat_id_valid = true;
    if (const std::string payer = Text(person, "paid_by"); !payer.empty()) {
        LIVERY_CHECK(by_email_.contains(payer), "demo.yaml: `paid_by` is nobody further up");
        facts.paid_by = by_email_.at(payer);
    }
    database_.Transact(demo.tenant.id,
                       [&](db::Transaction& tx) { ProfileRepository::Save(tx, facts); });
    const config::Node* addresses = person.Find("addresses");
    if (addresses == nullptr) return;
    for (const config::Node& address : addresses->items) AddAddress(demo, address, account);
}

void DemoSubscribers::AddAddress(DemoContext& demo, const config::Node& node, AccountId account) {
    // Ids made later sort later: the first address is where the account is.
    demo.clock.Set(demo.clock.Now() + std::chrono::seconds(1));
    const Address address{AddressId(ids_.Next()),    Text(node, "label"),
                          Text(node, "line1"),       "",
                          Text(node, "postal_code"), Text(node, "city"),
                          Text(node, "country"),     Text(node, "region")};
    LIVERY_CHECK(Check(address).has_value(), "demo.yaml: an address is not complete");
    database_.Transact(demo.tenant.id,
                       [&](db::Transaction& tx) { AccountRepository::Save(tx, account, address); });
}

}  // namespace livery::accounts
