#include "app/demo_subscribers.h"

#include <livery/check.h>

namespace livery::accounts {

void DemoSubscribers::Generate(DemoContext& demo) {
    const config::Node* people = demo.script.Find("subscribers");
    const config::Node* password = demo.script.Find("password");
    LIVERY_CHECK(people != nullptr && password != nullptr,
                 "demo.yaml needs `password` and `subscribers`");
    // One hash for all: a demo login is no secret, and 0.1 s each would make a slow start.
    const auto hash = identity_.HashPassword(password->text);
    LIVERY_CHECK(hash.has_value(), "no password hash");
    for (const config::Node& person : people->items) {
        demo.clock.Set(demo.now - std::chrono::days(500 + demo.Draw(500)));
        const auto made = registration_.CreateVerified(
            demo.tenant, {person.Find("name")->text, person.Find("email")->text, "", ""}, *hash);
        LIVERY_CHECK(made.has_value(), "a demo subscriber is there twice");
    }
}

}  // namespace livery::accounts
