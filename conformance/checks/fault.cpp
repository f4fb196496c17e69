#include <fmt/format.h>

#include "conformance/checks/groups.h"
#include "conformance/checks/operations.h"

namespace livery::conformance::fault {

namespace {

// What the host must know of the first sending: that nothing left, or that it cannot say.
void ExpectFate(const ReadyOperation& ready, const WireFault& fault, const Reply& reply,
                const Sent& request) {
    const auto told = fmt::format("{} under {}", ready.name, fault.name);
    if (!fault.leaves || (!fault.answered && !IsUnsafe(request)))
        Expect(reply.fate == Reply::Fate::kNothingSent, told + " counts as sent", reply);
    else if (!fault.answered)
        Expect(reply.fate == Reply::Fate::kUnknown, told + " counts as decided", reply);
}

// How many requests the operation makes when nothing goes wrong.
std::size_t RequestsOf(Shop& shop, const Prepare& prepare) {
    const ReadyOperation ready = prepare(shop);
    shop.Call(ready.errand.operation, ready.errand.message);
    return shop.sent().size();
}

// Sent, met the fault, and sent again without a look, as after a commit that was forgotten: no
// charge lost, none doubled, and we believe what the books say.
void SentTwice(Shop& shop, const Prepare& prepare, const WireFault& fault, std::size_t request) {
    const ReadyOperation ready = prepare(shop);
    const auto told = fmt::format("{}, request {}, {}", ready.name, request + 1, fault.name);
    if (request == 0) {
        const Reply first = shop.Call(ready.errand.operation, ready.errand.message, {0, &fault});
        ExpectFate(ready, fault, first, shop.sent().at(0));
    }
    const Belief belief =
        RunErrand(shop, ready.errand, request == 0 ? Shop::Plan{} : Shop::Plan{request, &fault});
    Expect(belief.decided, told + ": nobody learns what came of it", belief.last);
    const std::string moved = Moved(shop, ready.reference);
    Expect(moved == ready.expected, fmt::format("{}: the books say `{}`", told, moved));
    Expect(ready.expected_state.empty() || belief.last.state() == ready.expected_state,
           told + ": we believe something else", belief.last);
}

// The same with a portal that looks before it repeats.
void SentOnce(Shop& shop, const Prepare& prepare, const WireFault& fault, std::size_t request) {
    const ReadyOperation ready = prepare(shop);
    const auto told = fmt::format("{}, request {}, {}", ready.name, request + 1, fault.name);
    const Belief belief = RunErrand(shop, ready.errand, {request, &fault});
    Expect(belief.decided, told + ": nobody learns what came of it", belief.last);
    const std::string moved = Moved(shop, ready.reference);
    Expect(moved == ready.expected, fmt::format("{}: the books say `{}`", told, moved));
    Expect(ready.expected_state.empty() || belief.last.state() == ready.expected_state,
           told + ": we believe something else", belief.last);
}

// Only where lookups find what nobody answered, or a repeat is one effect, can this be passed.
void NeedWayBack(const Shop& shop) {
    if (!shop.Can("lookup_by_reference") && !shop.Can("native_idempotency"))
        throw Failed(
            "neither lookup_by_reference nor native_idempotency: a charge whose answer is "
            "lost stays unknown");
}

// Whatever was before: sent until it is decided, and then the books say what they must.
void Finish(Shop& shop, const ReadyOperation& ready) {
    const Belief belief = RunErrand(shop, ready.errand, {});
    Expect(belief.decided, ready.name + ": nobody learns what came of it", belief.last);
    const std::string moved = Moved(shop, ready.reference);
    Expect(moved == ready.expected, fmt::format("{}: the books say `{}`", ready.name, moved));
}

void Matrix(Shop& shop, const char* name) {
    NeedWayBack(shop);
    const WireFault& fault = *FindWireFault(name);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const std::size_t requests = RequestsOf(shop, prepare);
        for (std::size_t request = 0; request < requests; ++request) {
            if (shop.Can("native_idempotency")) SentTwice(shop, prepare, fault, request);
            SentOnce(shop, prepare, fault, request);
        }
    }
}

}  // namespace

void RefusedConnect(Shop& shop) { Matrix(shop, "refused_connect"); }
void DnsOrTls(Shop& shop) { Matrix(shop, "dns_or_tls_failure"); }
void ResetBeforeSend(Shop& shop) { Matrix(shop, "reset_before_send"); }
void ResetAfterSend(Shop& shop) { Matrix(shop, "reset_after_send"); }
void TimeoutAfterSend(Shop& shop) { Matrix(shop, "timeout_after_send"); }
void ResponseLost(Shop& shop) { Matrix(shop, "response_lost"); }
void DuplicateResponse(Shop& shop) { Matrix(shop, "duplicate_response"); }

// At the provider itself: bytes come, but the answer is not there in time.
void SlowDrip(Shop& shop) {
    NeedWayBack(shop);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        shop.provider().Break("slow_drip");
        shop.limit = std::chrono::milliseconds(700);
        const Reply reply = shop.Call(ready.errand.operation, ready.errand.message);
        shop.limit = std::chrono::milliseconds(10'000);
        Expect(reply.fate == Reply::Fate::kUnknown, ready.name + " counts as decided", reply);
        const Belief belief = RunErrand(shop, ready.errand, {});
        Expect(belief.decided, ready.name + ": nobody learns what came of it", belief.last);
        const std::string moved = Moved(shop, ready.reference);
        Expect(moved == ready.expected, fmt::format("{}: the books say `{}`", ready.name, moved));
    }
}

namespace {

// Where it was not done nothing is waited for: what is pending would be decided by it.
Reply AfterTheCrash(Shop& shop, const ReadyOperation& ready, const WireFault& fault) {
    if (fault.reaches) return Found(shop, ready.errand.lookup_operation, ready.errand.lookup);
    Hear(shop);
    return shop.Call(ready.errand.lookup_operation, ready.errand.lookup);
}

}  // namespace

// Nobody who asks remembers: neither the gateway nor the host.
void HostKilled(Shop& shop) {
    NeedWayBack(shop);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const std::size_t changing = ChangingRequest(shop, prepare);
        for (const char* name : {"reset_before_send", "reset_after_send"}) {
            const WireFault& fault = *FindWireFault(name);
            const ReadyOperation ready = prepare(shop);
            shop.Call(ready.errand.operation, ready.errand.message, {changing, &fault});
            shop.Crash();
            const Reply found = AfterTheCrash(shop, ready, fault);
            // Nobody can ask for what was never told: the repeat finds out.
            if (IsTold(shop) && !fault.reaches && found.code == LIVERY_UNSUPPORTED) {
                Finish(shop, ready);
                continue;
            }
            const std::string& state = fault.reaches ? ready.expected_state : ready.errand.undone;
            Expect(found.state() == state,
                   fmt::format("{} under {}: a lookup after the crash does not find it {}",
                               ready.name, name, state),
                   found);
            Finish(shop, ready);
        }
    }
}

// Sent at one hour, repeated at another.
void ClockJump(Shop& shop) {
    for (const std::int64_t shift : {-3'600, 3'600}) {
        for (const Prepare& prepare : ChangingOperations(shop)) {
            const std::size_t changing = ChangingRequest(shop, prepare);
            const ReadyOperation ready = prepare(shop);
            shop.clock_shift = shift;
            shop.Call(ready.errand.operation, ready.errand.message,
                      {changing, FindWireFault("reset_after_send")});
            shop.clock_shift = 0;
            Finish(shop, ready);
        }
    }
}

namespace {

// A lookup that learnt nothing must end nothing, and above all not say that there is no payment.
void LookupsUnder(Shop& shop, const WireFault& fault) {
    const std::string reference = shop.NewReference();
    const std::string id = Pay(shop, reference, 1'000, "ok", "captured").at("provider_id");
    for (const Json& query : {LookupOf(id, reference), LookupOf("", reference)}) {
        const Reply reply = shop.Call("payment.lookup/1", query, {0, &fault});
        const std::string state = reply.state();
        Expect(state.empty() || state == "captured" || state == "pending",
               fmt::format("a lookup under {} ends a payment", fault.name), reply);
    }
}

}  // namespace

void WrongBodies(Shop& shop) {
    for (const WireFault& fault : WireFaults()) LookupsUnder(shop, fault);
    for (const char* name :
         {"html_page", "empty_body", "truncated_json", "error_in_success", "error_500",
          "error_502_page", "error_503_before", "not_found_page", "too_many_requests"})
        Matrix(shop, name);
}

}  // namespace livery::conformance::fault
