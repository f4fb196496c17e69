#include <chrono>

#include "conformance/checks/groups.h"

namespace livery::conformance::token {

namespace {

struct Kept {
    std::string token;
    Json method;
};

Kept KeepOne(Shop& shop, const std::string& customer) {
    Need(shop, "setup");
    const std::string reference = shop.NewReference();
    const Reply begun = shop.Call("setup.start/1", {{"idempotency_key", KeyOf(reference)},
                                                    {"reference", reference},
                                                    {"customer", customer},
                                                    {"currency", "EUR"},
                                                    {"return_url", "https://shop.example/back"}});
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

Reply Charge(Shop& shop, const std::string& token, const std::string& customer) {
    Need(shop, "charge_later");
    Json order = Order(shop.NewReference(), 700, "EUR", token);
    order["initiator"] = "merchant_recurring";
    order["customer"] = customer;
    return Done(shop, "payment.start/1", order);
}

}  // namespace

void SetupThenCharge(Shop& shop) {
    const Kept kept = KeepOne(shop, "cus-1");
    const Reply reply = Charge(shop, kept.token, "cus-1");
    Expect(reply.state() == "captured", "a kept method cannot be charged", reply);
}

void DetachThenCharge(Shop& shop) {
    Need(shop, "detach");
    const Kept kept = KeepOne(shop, "cus-1");
    const Json detach{{"idempotency_key", KeyOf("detach " + kept.token)},
                      {"token", kept.token},
                      {"customer", "cus-1"}};
    for (int time = 0; time < 2; ++time) {
        const Reply gone = shop.Call("method.detach/1", detach);
        Expect(gone.answered() && !gone.message.contains("error"), "it cannot be detached", gone);
    }
    const Reply reply = Charge(shop, kept.token, "cus-1");
    Expect(reply.state() == "declined" && reply.message["error"].value("hardness", "") == "hard",
           "what was detached is charged", reply);
}

void ExpiredMethod(Shop& shop) {
    const Kept kept = KeepOne(shop, "cus-1");
    if (kept.method.value("kind", "card") != "card")
        throw NotApplicable("a bank account is not good until a date");
    const int until = kept.method.value("expiry_year", 0);
    Expect(until > 2000, "it does not say until when it is good");
    // The provider's clock is never behind ours.
    const std::chrono::sys_seconds now{std::chrono::seconds(shop.Now())};
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    shop.provider().Advance(std::int64_t{until - static_cast<int>(today.year()) + 1} * 366 *
                            86'400);
    const Reply reply = Charge(shop, kept.token, "cus-1");
    Expect(reply.answered() && reply.message.contains("error") &&
               reply.message["error"].value("reason", "") == "expired_method",
           "an expired method is charged", reply);
}

void SetDefault(Shop&) { throw NotApplicable("the contract has no operation for it"); }

void MandateRevoked(Shop& shop) {
    if (!shop.provider().traits().mandates) throw NotApplicable("the provider keeps no mandates");
    const Kept kept = KeepOne(shop, "cus-1");
    const std::string mandate = kept.method.value("mandate", kept.token);
    shop.provider().Hooks(0);
    shop.provider().Visit(mandate, "revoke");
    bool told = false;
    for (const Delivered& delivered : shop.provider().Hooks(1)) {
        const Reply reply =
            shop.Call("event.parse/1", {{"body", delivered.body}, {"headers", Json::object()}});
        Expect(reply.answered(), "what the provider tells of it cannot be read", reply);
        told = true;
    }
    Expect(told, "the provider does not tell of it");
    const Reply reply = Charge(shop, kept.token, "cus-1");
    Expect(reply.answered() && reply.message.contains("error") &&
               reply.message["error"].value("reason", "") == "mandate_revoked" &&
               reply.message["error"].value("hardness", "") == "hard",
           "after it the method is charged", reply);
}

void OtherCustomer(Shop& shop) {
    const Kept kept = KeepOne(shop, "cus-1");
    const Reply reply = Charge(shop, kept.token, "cus-2");
    Expect(reply.state() != "captured" && reply.state() != "pending",
           "one customer pays with another's method", reply);
}

void ConsentStored(Shop& shop) {
    const Kept kept = KeepOne(shop, "cus-1");
    const bool consent = !kept.method.value("mandate", "").empty() ||
                         !kept.method.value("network_transaction_id", "").empty();
    Expect(consent, "no mandate and no network transaction: " + kept.method.dump());
}

}  // namespace livery::conformance::token
