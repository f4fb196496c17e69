#include <algorithm>

#include <fmt/format.h>

#include "conformance/checks/groups.h"

namespace livery::conformance::money {

namespace {

// The provider's books must have it to the last unit, in its own count.
void Exact(Shop& shop, const std::string& currency, std::int64_t minor, std::int64_t theirs) {
    NeedCurrency(shop, currency);
    const std::string reference = shop.NewReference();
    const Json paid = Pay(shop, reference, minor, "ok", "captured", {{"currency", currency}});
    Expect(Moved(shop, reference) == fmt::format("payment {} {}", theirs, currency),
           fmt::format("of {} {} the provider has {}", minor, currency, Moved(shop, reference)));
    Expect(paid.at("amount") == Amount(minor, currency),
           "the answer repeats another amount: " + paid.dump());
}

// What the provider says, not what we asked, must come back: only so can the host compare.
void Echo(Shop& shop, const char* fault) {
    const std::string reference = shop.NewReference();
    const Json order = Order(reference, 1'234, "EUR", NeedToken(shop, "ok"));
    shop.provider().Break(fault);
    const Reply reply = shop.Call("payment.start/1", order);
    const bool agrees =
        reply.answered() && reply.message.value("amount", Json()) == order["amount"];
    Expect(!agrees, "the provider repeated something else, the gateway what was asked", reply);
}

}  // namespace

void TwoDecimals(Shop& shop) { Exact(shop, "EUR", 1'234, 1'234); }
void ZeroDecimals(Shop& shop) { Exact(shop, "JPY", 1'234, 1'234); }
void ThreeDecimals(Shop& shop) { Exact(shop, "KWD", 1'234, 1'234); }

void ProviderExponent(Shop& shop) {
    const auto decimals = shop.provider().Decimals();
    if (!decimals.contains("HUF"))
        throw Waived("the provider counts every currency as ISO 4217 does");
    Exact(shop, "HUF", 123'400, 1'234);
    const Reply inexact = shop.Call(
        "payment.start/1", Order(shop.NewReference(), 123'401, "HUF", NeedToken(shop, "ok")));
    Expect(shop.sent().empty(), "an amount that the provider has no unit for is sent", inexact);
    Expect(inexact.state() != "captured", "an amount was rounded", inexact);
}

// No provider that is known takes less than Stripe, whose most this is.
void LargestAmount(Shop& shop) {
    std::int64_t most = shop.provider().LargestAmount();
    Expect(most >= 99'999'999, fmt::format("{} is no large amount for a stand-in", most));
    // Who takes less says so to everybody.
    const auto bounds = shop.manifest().amounts.find("EUR");
    if (bounds != shop.manifest().amounts.end()) most = std::min(most, bounds->second.most);
    Exact(shop, "EUR", most, most);
    shop.seen = fmt::format("{} of the smallest unit", most);
}

void ZeroAndNegative(Shop& shop) {
    for (const std::int64_t minor : {0, -1}) {
        const std::string reference = shop.NewReference();
        // Past the host, which would not even ask.
        const Reply reply = shop.CallWith(shop.provider().Config(), "payment.start/1",
                                          Order(reference, minor, "EUR", NeedToken(shop, "ok")));
        const bool refused = reply.fate == Reply::Fate::kNothingSent || reply.state() == "failed" ||
                             reply.state() == "declined";
        Expect(refused, fmt::format("{} is not refused", minor), reply);
        Expect(Moved(shop, reference).empty(), fmt::format("{} moved money", minor));
    }
}

void EchoOfAmount(Shop& shop) { Echo(shop, "wrong_amount"); }
void EchoOfCurrency(Shop& shop) { Echo(shop, "wrong_currency"); }

void CapturesWithinAuthorised(Shop& shop) {
    Need(shop, "manual_capture");
    const std::string reference = shop.NewReference();
    const Json held = Pay(shop, reference, 1'000, "ok", "authorised", {{"capture", "manual"}});
    const Reply more = Done(shop, "payment.capture/1", CaptureOf(held, 1'001, "EUR"));
    Expect(more.state() != "captured", "more is captured than was authorised", more);
    Done(shop, "payment.capture/1", CaptureOf(held, 600, "EUR"));
    Done(shop, "payment.capture/1", CaptureOf(held, 601, "EUR"));
    LetItBeDecided(shop);
    std::int64_t sum = 0;
    for (const auto& one : shop.provider().Ledger(reference)) sum += one.amount;
    Expect(sum <= 1'000, fmt::format("{} of 1000 were captured", sum));
}

void RefundsWithinCaptured(Shop& shop) {
    Need(shop, "partial_refund");
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "ok", "captured");
    std::int64_t sum = 0;
    for (const std::int64_t minor : {700, 400, 300, 1}) {
        const std::string reference = shop.NewReference();
        Done(shop, "refund.create/1", RefundOf(paid, reference, minor, "EUR"));
        for (const auto& one : shop.provider().Ledger(reference)) sum += one.amount;
    }
    Expect(sum == 1'000, fmt::format("{} of 1000 were refunded", sum));
}

}  // namespace livery::conformance::money
