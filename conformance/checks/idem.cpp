#include <future>

#include <fmt/format.h>

#include "conformance/checks/groups.h"
#include "conformance/checks/operations.h"

namespace livery::conformance::idem {

namespace {

void NeedKeys(const Shop& shop) { Need(shop, "native_idempotency"); }

// Where no reference finds it, the provider tells.
void NeedWayBack(const Shop& shop) {
    if (!IsTold(shop)) Need(shop, "lookup_by_reference");
}

std::vector<Sent> UnsafeOf(const Shop& shop) {
    std::vector<Sent> unsafe;
    for (const Sent& sent : shop.sent()) {
        if (IsUnsafe(sent)) unsafe.push_back(sent);
    }
    return unsafe;
}

}  // namespace

void KeyOnEveryUnsafe(Shop& shop) {
    NeedKeys(shop);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        shop.Call(ready.errand.operation, ready.errand.message);
        const std::string key = ready.errand.message.at("idempotency_key");
        // What it needs besides, as a customer's record, has a key derived from that one.
        bool is_carried = UnsafeOf(shop).empty();
        for (const Sent& sent : UnsafeOf(shop)) {
            is_carried = is_carried || sent.key == key;
            Expect(!sent.key.empty(),
                   fmt::format("{}: {} {} carries no key", ready.name, sent.method, sent.url));
        }
        Expect(is_carried, fmt::format("{}: no request carries its key", ready.name));
    }
}

void SameBytesOnResend(Shop& shop) {
    NeedKeys(shop);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        shop.Call(ready.errand.operation, ready.errand.message,
                  {ChangingRequest(shop, prepare), FindWireFault("reset_after_send")});
        const auto first = UnsafeOf(shop);
        shop.Call(ready.errand.operation, ready.errand.message);
        Expect(!first.empty() && UnsafeOf(shop) == first,
               ready.name + ": a repeat is not the same request");
    }
}

void DuplicateKeyOneCharge(Shop& shop) {
    NeedKeys(shop);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        const Reply first = shop.Call(ready.errand.operation, ready.errand.message);
        const Reply second = shop.Call(ready.errand.operation, ready.errand.message);
        Expect(first.message == second.message, ready.name + ": the repeat has another result",
               second);
        Expect(Moved(shop, ready.reference) == ready.expected,
               ready.name + ": " + Moved(shop, ready.reference));
    }
}

void SameKeyOtherAmount(Shop& shop) {
    NeedKeys(shop);
    const std::string reference = shop.NewReference();
    Json order = Order(reference, 1'000, "EUR", NeedToken(shop, "ok"));
    shop.Call("payment.start/1", order);
    order["amount"] = Amount(2'000, "EUR");
    const Reply reply = shop.Call("payment.start/1", order);
    const bool agrees =
        reply.answered() && reply.message.value("amount", Json()) == order["amount"];
    Expect(!agrees, "another amount under the same key is a success", reply);
    Expect(Moved(shop, reference) == "payment 1000 EUR", Moved(shop, reference));
}

// Two hosts that send the same at the same moment.
void ConcurrentSameKey(Shop& shop) {
    NeedKeys(shop);
    Shop other(shop.options(), shop.provider());
    // Its helper lives as long as the thread that starts it.
    Expect(other.Recreate(shop.provider().Config()).code == LIVERY_OK, "there is no second host");
    for (int time = 0; time < 10; ++time) {
        const std::string reference = shop.NewReference();
        const Json order = Order(reference, 1'000, "EUR", NeedToken(shop, "ok"));
        auto theirs =
            std::async(std::launch::async, [&] { return other.Call("payment.start/1", order); });
        const Reply ours = shop.Call("payment.start/1", order);
        Expect(theirs.get().message == ours.message, "the two have different results", ours);
        Expect(Moved(shop, reference) == "payment 1000 EUR", Moved(shop, reference));
    }
}

// Once a repeat would be a second charge, the lookup still has to find the first.
void WindowExpired(Shop& shop) {
    NeedKeys(shop);
    NeedWayBack(shop);
    const auto window = shop.manifest().idempotency;
    if (!window) throw NotApplicable("keys are good for ever");
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        shop.Call(ready.errand.operation, ready.errand.message,
                  {ChangingRequest(shop, prepare), FindWireFault("reset_after_send")});
        shop.provider().Advance(std::chrono::seconds(*window).count() + 3'600);
        const Reply found = Found(shop, ready.errand.lookup_operation, ready.errand.lookup);
        Expect(found.state() == ready.expected_state, ready.name + ": it is not found", found);
        Expect(Moved(shop, ready.reference) == ready.expected, Moved(shop, ready.reference));
    }
}

void ConflictResolved(Shop& shop) {
    NeedKeys(shop);
    NeedWayBack(shop);
    const std::string reference = shop.NewReference();
    Json order = Order(reference, 1'000, "EUR", NeedToken(shop, "ok"));
    const Reply first = shop.Call("payment.start/1", order);
    order["descriptor"] = "Another word";
    Reply second = shop.Call("payment.start/1", order);
    // Who only hears that the key was used waits for what the provider tells.
    if (IsTold(shop) && second.fate == Reply::Fate::kUnknown)
        second = Found(shop, "payment.lookup/1", LookupOf("", reference));
    Expect(second.answered() &&
               second.message.value("provider_id", "") == first.message.value("provider_id", "?"),
           "the payment that the key made is not found", second);
}

void Replayed500(Shop& shop) {
    NeedKeys(shop);
    NeedWayBack(shop);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        const Belief belief = RunErrand(
            shop, ready.errand, {ChangingRequest(shop, prepare), FindWireFault("error_500")});
        Expect(belief.decided, ready.name + ": nobody learns what came of it", belief.last);
        Expect(belief.lookups > 0, ready.name + ": 500 was taken for an answer", belief.last);
        Expect(Moved(shop, ready.reference) == ready.expected,
               ready.name + ": " + Moved(shop, ready.reference));
    }
}

}  // namespace livery::conformance::idem
