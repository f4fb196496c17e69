#include "app/demo_staff.h"

#include <livery/check.h>

namespace livery::console {

namespace {

std::string Text(const config::Node& node, std::string_view key) {
    const config::Node* found = node.Find(key);
    LIVERY_CHECK(found != nullptr, "demo.yaml: somebody of `staff` lacks name, email or roles");
    return found->text;
}

Staff::Invitation InvitationOf(const config::Node& person, const Tenant& tenant) {
    const std::string& locale = tenant.locales.front();
    Staff::Invitation invitation{
        Text(person, "email"), Text(person, "name"), locale.substr(0, locale.find('-')), {}};
    const config::Node* roles = person.Find("roles");
    LIVERY_CHECK(roles != nullptr, "demo.yaml: somebody of `staff` has no `roles`");
    for (const config::Node& role : roles->items) {
        LIVERY_CHECK(tenant.roles.contains(role.text), "demo.yaml: there is no such role");
        invitation.roles.insert(role.text);
    }
    return invitation;
}

}  // namespace

void AddDemoStaff(DemoContext& demo, db::Database& database, Identity& identity, Staff& staff) {
    const config::Node* people = demo.script.Find("staff");
    const config::Node* password = demo.script.Find("password");
    if (people == nullptr) return;
    LIVERY_CHECK(password != nullptr, "demo.yaml needs `password`");
    const auto hash = identity.HashPassword(password->text);
    LIVERY_CHECK(hash.has_value(), "no password hash");
    demo.clock.Set(demo.now - std::chrono::days(400));
    for (const config::Node& person : people->items) {
        // Ids made later sort later: they come in the order of the file.
        demo.clock.Set(demo.clock.Now() + std::chrono::seconds(1));
        database.Transact(demo.tenant.id, [&](db::Transaction& tx) {
            const auto invited = staff.Invite(tx, InvitationOf(person, demo.tenant), {});
            LIVERY_CHECK(invited && staff.Accept(tx, invited->token, *hash, ""),
                         "somebody of the demo's staff is there twice");
        });
    }
}

}  // namespace livery::console
