#include "conformance/checks/operations.h"

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

std::vector<Prepare> ChangingOperations(const Shop& shop) {
    std::vector<Prepare> operations{Start, Declined};
    if (shop.Can("manual_capture")) operations.emplace_back(Capture);
    if (shop.Can("manual_capture") && shop.Can("cancel")) operations.emplace_back(Cancel);
    if (shop.Can("refund")) operations.emplace_back(Refund);
    return operations;
}

}  // namespace livery::conformance
