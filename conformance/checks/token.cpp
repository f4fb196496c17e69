#include <algorithm>
#include <chrono>

#include "conformance/checks/groups.h"
#include "conformance/checks/kept.h"

namespace livery::conformance::token {

void SetupThenCharge(Shop& shop) {
    const Kept kept = KeepOne(shop, "cus-1");
    const Reply reply = ChargeKept(shop, kept.token, "cus-1");
    Expect(reply.state() == "captured", "a kept method cannot be charged", reply);
}

void DetachThenCharge(Shop& shop) {
    Need(shop, "detach");
    const Kept kept = KeepOne(shop, "cus-1");
    const Json detach = DetachOf(kept.token, "cus-1");
    for (int time = 0; time < 2; ++time) {
        const Reply gone = shop.Call("method.detach/1", detach);
        Expect(gone.answered() && !gone.message.contains("error"), "it cannot be detached", gone);
    }
    const Reply reply = ChargeKept(shop, kept.token, "cus-1");
    Expect(reply.state() == "declined" && reply.message["error"].value("hardness", "") == "hard",
           "what was detached is charged", reply);
}

void ExpiredMethod(Shop& shop) {
    const auto& methods = shop.manifest().methods;
    if (std::find(methods.begin(), methods.end(), "card") == methods.end())
        throw NotApplicable(
            "the manifest names no card, and what else is kept is good until no date");
    const Kept kept = KeepOne(shop, "cus-1");
    Expect(kept.method.value("kind", "card") == "card", "a card is kept as " + kept.method.dump());
    const int until = kept.method.value("expiry_year", 0);
    Expect(until > 2000, "it does not say until when it is good");
    // The provider's clock is never behind ours.
    const std::chrono::sys_seconds now{std::chrono::seconds(shop.Now())};
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    shop.provider().Advance(std::int64_t{until - static_cast<int>(today.year()) + 1} * 366 *
                            86'400);
    const Reply reply = ChargeKept(shop, kept.token, "cus-1");
    Expect(reply.answered() && reply.message.contains("error") &&
               reply.message["error"].value("reason", "") == "expired_method",
           "an expired method is charged", reply);
}

// Which method is the default is the host's to know: it names one each time. At the provider the
// last that was kept, or the only one that is left, may be the default; neither is charged instead.
void SetDefault(Shop& shop) {
    Need(shop, "detach");
    const Kept first = KeepOne(shop, "cus-1");
    const Kept second = KeepOne(shop, "cus-1");
    Expect(first.token != second.token, "two methods of a customer have one token");
    Expect(ChargeKept(shop, first.token, "cus-1").state() == "captured",
           "beside a newer method one cannot be charged");
    shop.Call("method.detach/1", DetachOf(first.token, "cus-1"));
    const Reply gone = ChargeKept(shop, first.token, "cus-1");
    Expect(gone.state() == "declined", "instead of a method that is gone another is charged", gone);
    const Reply left = ChargeKept(shop, second.token, "cus-1");
    Expect(left.state() == "captured", "the method that is left cannot be charged", left);
}

void MandateRevoked(Shop& shop) {
    if (!shop.provider().traits().mandates) throw Waived("the provider keeps no mandates");
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
    const Reply reply = ChargeKept(shop, kept.token, "cus-1");
    Expect(reply.answered() && reply.message.contains("error") &&
               reply.message["error"].value("reason", "") == "mandate_revoked" &&
               reply.message["error"].value("hardness", "") == "hard",
           "after it the method is charged", reply);
}

void OtherCustomer(Shop& shop) {
    const Kept kept = KeepOne(shop, "cus-1");
    const Reply reply = ChargeKept(shop, kept.token, "cus-2");
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
