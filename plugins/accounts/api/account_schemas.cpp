#include <livery/api/schema.h>

#include "api/account_api.h"

namespace livery::accounts {

using api::Json;

namespace {

Json AddressJson(const Address& address) {
    return {{"id", address.id.ToString()},
            {"label", address.label},
            {"line1", address.line1},
            {"line2", address.line2},
            {"postal_code", address.postal_code},
            {"city", address.city},
            {"country", address.country},
            {"region", address.region}};
}

Json ClassName(std::string_view description) {
    Json schema = api::Text(description, 40);
    schema["pattern"] = "^[a-z0-9_-]*$";
    return schema;
}

Json VatId() {
    Json schema = api::Text("VAT id; empty: none. A new one is taken as not yet checked", 32);
    schema["pattern"] = "^[A-Z0-9]*$";
    return schema;
}

Json AccountSchema(bool with_addresses) {
    Json schema = api::Object(
        "A customer.", {{"id", api::IdText("acc")},
                        {"number", api::Integer("Its number in print", 1, 1'000'000'000'000)},
                        {"name", api::Text("A person's or a company's", 120)},
                        {"account_class", api::Text("What plans it may have; empty: none")},
                        {"customer_class", api::Text("What its taxes go by")},
                        {"vat_id", api::Text("Empty: none")},
                        {"created_at", api::Text("RFC 3339, UTC")}});
    if (with_addresses) {
        schema["properties"]["addresses"] = api::ArrayOf(api::Ref("Address"));
        schema["required"].push_back("addresses");
    }
    return schema;
}

}  // namespace

Json JsonOf(const AccountRepository::Summary& account) {
    return {{"id", account.id.ToString()},
            {"number", account.number},
            {"name", account.name},
            {"account_class", account.account_class},
            {"customer_class", account.customer_class},
            {"vat_id", account.vat_id},
            {"created_at", ToIso(account.created_at)}};
}

Json JsonOf(const AccountRepository::Summary& account, const std::vector<Address>& addresses) {
    Json json = JsonOf(account);
    json["addresses"] = Json::array();
    for (const Address& address : addresses) json["addresses"].push_back(AddressJson(address));
    return json;
}

void AddAccountSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"Account", AccountSchema(true)});
    registrar.Add(api::Schema{"ListedAccount", AccountSchema(false)});
    registrar.Add(api::ListOf("AccountList", "ListedAccount"));
    registrar.Add(api::Schema{
        "Address",
        api::Object(
            "Where an account is. Its first is where it is taxed; one with a label is a site.",
            {{"id", api::IdText("adr")},
             {"label", api::Text("Empty: none")},
             {"line1", api::Text("Street")},
             {"line2", api::Text("More of it; empty: none")},
             {"postal_code", api::Text("Postal code")},
             {"city", api::Text("City")},
             {"country", api::Text("ISO 3166-1", 2)},
             {"region", api::Text("ISO 3166-2 without the country; empty: none", 3)}})});
    registrar.Add(api::Schema{
        "NewAddress",
        api::Object(
            "An address to add.",
            {api::Optional(
                 "label", api::Text("Makes it a site; no other address of the account has it", 80)),
             {"line1", api::Text("Street", 160)},
             api::Optional("line2", api::Text("More of it", 160)),
             {"postal_code", api::Text("Postal code", 20)},
             {"city", api::Text("City", 120)},
             {"country", api::Text("ISO 3166-1", 2)},
             api::Optional("region", api::Text("ISO 3166-2", 3))})});
    registrar.Add(api::Schema{
        "AddressChange",
        api::Object("What is to be different; what is not there stays.",
                    {api::Optional("label", api::Text("Makes it a site; empty: none", 80)),
                     api::Optional("line1", api::Text("Street", 160)),
                     api::Optional("line2", api::Text("More of it; empty: none", 160)),
                     api::Optional("postal_code", api::Text("Postal code", 20)),
                     api::Optional("city", api::Text("City", 120)),
                     api::Optional("country", api::Text("ISO 3166-1", 2)),
                     api::Optional("region", api::Text("ISO 3166-2; empty: none", 3))})});
    registrar.Add(api::Schema{"NewAccount",
                              api::Object("A customer to make; it has no login.",
                                          {{"name", api::Text("A person's or a company's", 120)},
                                           api::Optional("account_class", ClassName("Of plans")),
                                           api::Optional("customer_class", ClassName("Of taxes")),
                                           api::Optional("vat_id", VatId()),
                                           api::Optional("address", api::Ref("NewAddress"))})});
    registrar.Add(api::Schema{"AccountChange",
                              api::Object("What is to be different; what is not there stays.",
                                          {api::Optional("name", api::Text("Its name", 120)),
                                           api::Optional("account_class", ClassName("Of plans")),
                                           api::Optional("customer_class", ClassName("Of taxes")),
                                           api::Optional("vat_id", VatId())})});
}

}  // namespace livery::accounts
