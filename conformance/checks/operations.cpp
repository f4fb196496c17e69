#include "conformance/checks/operations.h"

#include <algorithm>

namespace livery::conformance {

namespace {

ReadyOperation Start(Shop& shop) {
    const std::string reference = shop.NewReference();
    return {"payment.start",
            {"payment.start/1", Order(reference, 1'000, "EUR", NeedToken(shop, "ok")),
             "payment.lookup/1", LookupOf("", reference)},
            reference,
            "payment 1000 EUR",
            "captured"};
}

ReadyOperation Declined(Shop& shop) {
    const std::string reference = shop.NewReference();
    return {
        "payment.start (declined)",
        {"payment.start/1", Order(reference, 1'000, "EUR", NeedToken(shop, "insufficient_funds")),
         "payment.lookup/1", LookupOf("", reference)},
        reference,
        "",
        "declined"};
}

ReadyOperation Capture(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json held = Pay(shop, reference, 1'000, "ok", "authorised", {{"capture", "manual"}});
    return {"payment.capture",
            {"payment.capture/1", CaptureOf(held, 1'000, "EUR"), "payment.lookup/1",
             LookupOf(held.at("provider_id"), reference), "authorised"},
            reference,
            "payment 1000 EUR",
            "captured"};
}

ReadyOperation Refund(Shop& shop) {
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "ok", "captured");
    const std::string reference = shop.NewReference();
    return {"refund.create",
            {"refund.create/1",
             RefundOf(paid, reference, 400, "EUR"),
             "refund.lookup/1",
             {{"payment", paid.at("provider_id")}, {"reference", reference}}},
            reference,
            "refund 400 EUR",
            "succeeded"};
}

// What was not sent to the bank yet.
ReadyOperation Withdraw(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json held = Pay(shop, reference, 1'000, "ok", "pending");
    return {"payment.cancel",
            {"payment.cancel/1", CancelOf(held), "payment.lookup/1",
             LookupOf(held.at("provider_id"), reference), "pending"},
            reference,
            "",
            "cancelled"};
}

ReadyOperation Cancel(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json held = Pay(shop, reference, 1'000, "ok", "authorised", {{"capture", "manual"}});
    return {"payment.cancel",
            {"payment.cancel/1", CancelOf(held), "payment.lookup/1",
             LookupOf(held.at("provider_id"), reference), "authorised"},
            reference,
            "",
            "cancelled"};
}

}  // namespace

bool IsUnsafe(const Sent& sent) { return sent.method != "GET" && sent.method != "HEAD"; }

std::size_t ChangingRequest(Shop& shop, const Prepare& prepare) {
    const ReadyOperation ready = prepare(shop);
    shop.Call(ready.errand.operation, ready.errand.message);
    const auto& sent = shop.sent();
    return static_cast<std::size_t>(std::find_if(sent.begin(), sent.end(), IsUnsafe) -
                                    sent.begin());
}

std::vector<Prepare> ChangingOperations(const Shop& shop) {
    std::vector<Prepare> operations{Start, Declined};
    if (shop.Can("manual_capture")) operations.emplace_back(Capture);
    if (shop.Can("manual_capture") && shop.Can("cancel")) operations.emplace_back(Cancel);
    if (DecidesDaysLater(shop) && shop.Can("cancel")) operations.emplace_back(Withdraw);
    if (shop.Can("refund")) operations.emplace_back(Refund);
    return operations;
}

}  // namespace livery::conformance
