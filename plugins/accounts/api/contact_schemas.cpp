#include <livery/api/schema.h>

#include "api/contact_api.h"

namespace livery::accounts {

using api::Json;

namespace {

Json Role() {
    return {{"type", "string"},
            {"enum", Json(kRoles)},
            {"description", "What the person is asked and told about"}};
}

}  // namespace

Json JsonOf(const Contact& contact) {
    return {{"id", contact.id.ToString()},
            {"name", contact.name},
            {"email", contact.email},
            {"role", contact.role}};
}

void AddContactSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"Contact", api::Object("A person to write to about an account.",
                                                     {{"id", api::IdText("con")},
                                                      {"name", api::Text("The person's")},
                                                      {"email", api::Text("Where to write to")},
                                                      {"role", Role()}})});
    registrar.Add(api::ListOf("ContactList", "Contact"));
    registrar.Add(api::Schema{
        "NewContact",
        api::Object("A contact to add.", {{"name", api::Text("The person's", 120)},
                                          {"email", api::Text("Where to write to", 254)},
                                          {"role", Role()}})});
    registrar.Add(api::Schema{
        "ContactChange", api::Object("What is to be different; what is not there stays.",
                                     {api::Optional("name", api::Text("The person's", 120)),
                                      api::Optional("email", api::Text("Where to write to", 254)),
                                      api::Optional("role", Role())})});
}

}  // namespace livery::accounts
