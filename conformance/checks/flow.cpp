#include <fmt/format.h>

#include "conformance/checks/groups.h"

namespace livery::conformance::flow {

namespace {

Json Held(Shop& shop, const std::string& reference) {
    // A debit that was not sent to the bank yet is held as well as a card that was asked for it.
    if (DecidesDaysLater(shop)) return Pay(shop, reference, 1'000, "ok", "pending");
    Need(shop, "manual_capture");
    return Pay(shop, reference, 1'000, "ok", "authorised", {{"capture", "manual"}});
}

void NeedManualCapture(const Shop& shop) { Need(shop, "manual_capture"); }

void ExpectState(const Json& result, const char* state) {
    Expect(result.value("state", "") == state,
           fmt::format("it is not {}: {}", state, result.dump()));
}

// Later, by lookup.
Json After(Shop& shop, const Json& payment, std::int64_t seconds) {
    shop.provider().Advance(seconds);
    return Lookup(shop, payment.value("provider_id", ""), "");
}

// Of what is pending: an hour for a card.
std::int64_t DecisionTime(const Shop& shop) {
    const std::chrono::seconds days = shop.manifest().decides_within;
    return DecidesDaysLater(shop) ? days.count() : 3'600;
}

Reply Refunded(Shop& shop, const Json& paid, const std::string& reference, std::int64_t minor) {
    return Done(shop, "refund.create/1", RefundOf(paid, reference, minor, "EUR"));
}

// Who is only told hears of each refund by itself: what was given back of a payment, such a gateway
// may leave unsaid, but not say wrongly.
void ExpectGivenBack(const Shop& shop, const Json& payment, const char* state) {
    if (IsTold(shop) && !payment.contains("refunded"))
        ExpectState(payment, "captured");
    else
        ExpectState(payment, state);
}

}  // namespace

void SaleOk(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json paid = Pay(shop, reference, 1'234, "ok", "captured");
    Expect(Moved(shop, reference) == "payment 1234 EUR", Moved(shop, reference));
    ExpectState(Lookup(shop, paid.at("provider_id"), reference), "captured");
}

void AuthoriseCapture(Shop& shop) {
    NeedManualCapture(shop);
    const std::string reference = shop.NewReference();
    const Json held = Held(shop, reference);
    Expect(Moved(shop, reference).empty(), "an authorisation moved money");
    const Reply reply = Done(shop, "payment.capture/1", CaptureOf(held, 1'000, "EUR"));
    Expect(reply.state() == "captured", "it is not captured", reply);
    ExpectBooked(shop, reference, reply);
    Expect(Moved(shop, reference) == "payment 1000 EUR", Moved(shop, reference));
}

void PartialCapture(Shop& shop) {
    Need(shop, "partial_capture");
    const std::string reference = shop.NewReference();
    const Json held = Held(shop, reference);
    const Reply reply = Done(shop, "payment.capture/1", CaptureOf(held, 400, "EUR"));
    Expect(reply.state() == "partly_captured", "it is not partly_captured", reply);
    Expect(MinorOf(reply.message, "captured") == 400, "it does not say what was captured", reply);
    shop.provider().Advance(30 * 86'400);
    Expect(Moved(shop, reference) == "payment 400 EUR", Moved(shop, reference));
}

void CaptureTwice(Shop& shop) {
    NeedManualCapture(shop);
    const std::string reference = shop.NewReference();
    const Json held = Held(shop, reference);
    Done(shop, "payment.capture/1", CaptureOf(held, 1'000, "EUR"));
    Json again = CaptureOf(held, 1'000, "EUR");
    again["idempotency_key"] = KeyOf("another " + reference);
    const Reply reply = shop.Call("payment.capture/1", again);
    Expect(reply.category() == "state_conflict", "a second capture is no state_conflict", reply);
    Expect(Moved(shop, reference) == "payment 1000 EUR", Moved(shop, reference));
    ExpectState(Lookup(shop, held.at("provider_id"), reference), "captured");
}

void CancelAuthorised(Shop& shop) {
    Need(shop, "cancel");
    const std::string reference = shop.NewReference();
    const Json held = Held(shop, reference);
    const Reply reply = Done(shop, "payment.cancel/1", CancelOf(held));
    Expect(reply.state() == "cancelled", "it is not cancelled", reply);
    ExpectState(Lookup(shop, held.at("provider_id"), reference), "cancelled");
    Expect(Moved(shop, reference).empty(), "cancelling moved money");
}

void CancelCaptured(Shop& shop) {
    Need(shop, "cancel");
    const std::string reference = shop.NewReference();
    const Json paid = Pay(shop, reference, 1'000, "ok", "captured");
    Hear(shop);
    const Reply reply = shop.Call("payment.cancel/1", CancelOf(paid));
    Expect(reply.category() == "state_conflict", "cancelling what is paid is no state_conflict",
           reply);
    Expect(Moved(shop, reference) == "payment 1000 EUR", Moved(shop, reference));
    ExpectState(Lookup(shop, paid.at("provider_id"), reference), "captured");
}

void FullRefund(Shop& shop) {
    Need(shop, "refund");
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "ok", "captured");
    const std::string reference = shop.NewReference();
    const Reply reply = Refunded(shop, paid, reference, 1'000);
    Expect(reply.state() == "succeeded", "it is not refunded", reply);
    Expect(MinorOf(reply.message, "amount") == 1'000, "the refund repeats no amount", reply);
    Expect(Moved(shop, reference) == "refund 1000 EUR", Moved(shop, reference));
    ExpectGivenBack(shop, Lookup(shop, paid.at("provider_id"), ""), "refunded");
}

void TwoPartialRefunds(Shop& shop) {
    Need(shop, "partial_refund");
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "ok", "captured");
    const std::string first = shop.NewReference();
    const std::string second = shop.NewReference();
    Expect(Refunded(shop, paid, first, 400).state() == "succeeded", "the first is refused");
    ExpectGivenBack(shop, Lookup(shop, paid.at("provider_id"), ""), "partly_refunded");
    Expect(Refunded(shop, paid, second, 400).state() == "succeeded", "the second is refused");
    Expect(Moved(shop, first) + Moved(shop, second) == "refund 400 EURrefund 400 EUR",
           Moved(shop, first) + Moved(shop, second));
}

void RefundAboveCaptured(Shop& shop) {
    Need(shop, "refund");
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "ok", "captured");
    const std::string reference = shop.NewReference();
    const Reply reply = Refunded(shop, paid, reference, 1'001);
    Expect(reply.state() == "failed", "more is refunded than was captured", reply);
    Expect(Moved(shop, reference).empty(), Moved(shop, reference));
}

void AuthorisationExpires(Shop& shop) {
    NeedManualCapture(shop);
    const Json held = Held(shop, shop.NewReference());
    ExpectState(After(shop, held, 60 * 86'400), "expired");
}

void PendingThenSuccess(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json begun = Pay(shop, reference, 1'000, "pending_paid", "pending");
    ExpectState(After(shop, begun, DecisionTime(shop)), "captured");
    Expect(Moved(shop, reference) == "payment 1000 EUR", Moved(shop, reference));
}

void PendingThenFailed(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json begun = Pay(shop, reference, 1'000, "pending_declined", "pending");
    const Json ended = After(shop, begun, DecisionTime(shop));
    Expect(ended["state"] == "declined" || ended["state"] == "failed", ended.dump());
    Expect(Moved(shop, reference).empty(), Moved(shop, reference));
}

void LateFailure(Shop& shop) {
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "debit_returned", "captured");
    const Json ended = After(shop, paid, 30 * 86'400);
    ExpectState(ended, "failed_late");
    Expect(ended.contains("error"), "it does not say why: " + ended.dump());
    // Whether the payment failed or somebody took his money back are two things.
    Expect(MinorOf(ended, "refunded") <= 0, "a debit that failed was given back: " + ended.dump());
    const std::string reference = shop.NewReference();
    if (shop.provider().Token("debit_disputed").empty()) return;
    const Json disputed =
        After(shop, Pay(shop, reference, 1'000, "debit_disputed", "captured"), 30 * 86'400);
    Expect(MinorOf(disputed, "charged_back") == 1'000,
           "what the payer's bank took back is not said: " + disputed.dump());
}

void LookupByReference(Shop& shop) {
    Need(shop, "lookup_by_reference");
    const std::string reference = shop.NewReference();
    const Json paid = Pay(shop, reference, 1'000, "ok", "captured");
    const Json found = Lookup(shop, "", reference);
    ExpectState(found, "captured");
    Expect(found.at("provider_id") == paid.at("provider_id"), "it found another payment");
}

void LookupUnknown(Shop& shop) {
    ExpectState(Lookup(shop, "pay_that_is_not", ""), "not_found");
    if (shop.Can("lookup_by_reference"))
        ExpectState(Lookup(shop, "", shop.NewReference()), "not_found");
}

void UnmappedState(Shop& shop) {
    if (!shop.provider().Token("under_review").empty()) {
        const Json odd = Pay(shop, shop.NewReference(), 1'000, "under_review", "pending");
        ExpectState(Lookup(shop, odd.value("provider_id", ""), ""), "pending");
    }
    shop.provider().Break("unknown_state");
    Pay(shop, shop.NewReference(), 1'000, "ok", "pending");
}

}  // namespace livery::conformance::flow
