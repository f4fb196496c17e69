#include "conformance/checks/kept.h"

namespace livery::conformance {

Json SetupOf(const std::string& reference, const std::string& customer) {
    return {{"idempotency_key", KeyOf(reference)},
            {"reference", reference},
            {"customer", customer},
            {"currency", "EUR"},
            {"return_url", "https://shop.example/back"}};
}

Kept KeepOne(Shop& shop, const std::string& customer) {
    Need(shop, "setup");
    const std::string reference = shop.NewReference();
    const Reply begun = shop.Call("setup.start/1", SetupOf(reference, customer));
    Expect(begun.state() == "requires_action", "a setup shows no page", begun);
    shop.provider().Visit(begun.message.at("action").at("url"), "ok");
    Hear(shop);
    const Reply done =
        shop.Call("setup.lookup/1",
                  {{"provider_id", begun.message.at("provider_id")}, {"reference", reference}});
    Expect(done.state() == "active", "it is not active", done);
    const Json method = done.message.at("method");
    return {method.value("token", ""), method};
}

Reply ChargeKept(Shop& shop, const std::string& token, const std::string& customer) {
    Need(shop, "charge_later");
    Json order = Order(shop.NewReference(), 700, "EUR", token);
    order["initiator"] = "merchant_recurring";
    order["customer"] = customer;
    return Done(shop, "payment.start/1", order);
}

Json DetachOf(const std::string& token, const std::string& customer) {
    return {
        {"idempotency_key", KeyOf("detach " + token)}, {"token", token}, {"customer", customer}};
}

}  // namespace livery::conformance
