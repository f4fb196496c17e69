// FAULT: the matrix. Every request of every operation that the manifest promises × every fault of
// WireFaults, which names its check itself.
#include <algorithm>

#include <fmt/format.h>

#include "conformance/checks/groups.h"
#include "conformance/checks/operations.h"

namespace livery::conformance::fault {

namespace {

struct Cell {
    const Prepare& prepare;
    const WireFault& fault;
    std::size_t request;
    bool changing;  // the request is the first of the operation that changes something
};

std::string NameOf(const Cell& cell, const ReadyOperation& ready) {
    return fmt::format("{}, request {}, {}", ready.name, cell.request + 1, cell.fault.name);
}

// What the host must know of a call whose first request met the fault: that nothing left, or that
// it cannot say.
void ExpectFate(const Cell& cell, const ReadyOperation& ready, const Reply& reply,
                const Sent& request) {
    const WireFault& fault = cell.fault;
    if (fault.host_ends || cell.request != 0) return;
    if (!fault.leaves || (!fault.answered && !IsUnsafe(request)))
        Expect(reply.fate == Reply::Fate::kNothingSent, NameOf(cell, ready) + " counts as sent",
               reply);
    else if (!fault.answered)
        Expect(reply.fate == Reply::Fate::kUnknown, NameOf(cell, ready) + " counts as decided",
               reply);
}

// No charge is lost, none doubled, and we believe what the books say.
void ExpectEnd(Shop& shop, const Cell& cell, const ReadyOperation& ready, const Belief& belief) {
    const std::string name = NameOf(cell, ready);
    Expect(belief.decided, name + ": nobody learns what came of it", belief.last);
    const std::string moved = Moved(shop, ready.reference);
    Expect(moved == ready.expected, fmt::format("{}: the books say `{}`", name, moved));
    Expect(ready.expected_state.empty() || ready.IsEnd(belief.last.state()),
           name + ": we believe something else", belief.last);
    if (ready.afterwards) ready.afterwards(shop, belief.last);
}

Reply Meet(Shop& shop, const Cell& cell, const ReadyOperation& ready) {
    const Reply first = CallUnder(shop, ready.errand, cell.request, cell.fault);
    if (!shop.sent().empty()) ExpectFate(cell, ready, first, shop.sent().front());
    return first;
}

// Sent again without a look, as after a commit that was forgotten.
void SentTwice(Shop& shop, const Cell& cell) {
    const ReadyOperation ready = cell.prepare(shop);
    if (ready.errand.once_more) return;  // such is never sent again
    Meet(shop, cell, ready);
    ExpectEnd(shop, cell, ready, RunErrand(shop, ready.errand, {}));
}

// Nobody remembers the call, and still a lookup finds what it did. Where it was not done nothing is
// waited for: what is pending would be decided by it.
void FoundAfterwards(Shop& shop, const Cell& cell, const ReadyOperation& ready) {
    const Errand& errand = ready.errand;
    Hear(shop);
    const Reply found = cell.fault.reaches ? Found(shop, errand.lookup_operation, errand.lookup)
                                           : shop.Call(errand.lookup_operation, errand.lookup);
    // Nobody can ask for what was never told, nor is told of a page that nobody has paid on: the
    // repeat finds out.
    const bool told = cell.fault.reaches && ready.expected_state != "requires_action";
    if (IsTold(shop) && !told && found.code == LIVERY_UNSUPPORTED) return;
    const std::string& state = cell.fault.reaches ? ready.expected_state : errand.undone;
    // A page that nobody was shown is found by some, and by others not before somebody pays there.
    if (state == "requires_action" && found.state() == errand.undone) return;
    const bool is_so = found.state() == state || (cell.fault.reaches && ready.IsEnd(found.state()));
    Expect(
        is_so,
        fmt::format("{}: a lookup after the crash does not find it {}", NameOf(cell, ready), state),
        found);
}

// A portal that looks before it repeats.
void SentOnce(Shop& shop, const Cell& cell) {
    const ReadyOperation ready = cell.prepare(shop);
    const Reply first = Meet(shop, cell, ready);
    if (cell.fault.host_ends && cell.changing && !ready.errand.lookup_operation.empty())
        FoundAfterwards(shop, cell, ready);
    ExpectEnd(shop, cell, ready, Resume(shop, ready.errand, first));
}

// The requests of the operation when nothing goes wrong.
std::vector<Sent> RequestsOf(Shop& shop, const Prepare& prepare) {
    const ReadyOperation ready = prepare(shop);
    const Reply reply = shop.Call(ready.errand.operation, ready.errand.message);
    // Who is told need not ask, and may find nothing before that.
    const bool waits = IsTold(shop) && reply.code == LIVERY_UNSUPPORTED;
    Expect(reply.answered() || waits, ready.name + " does not work with nothing in its way", reply);
    Expect(!shop.sent().empty() || IsTold(shop), ready.name + " asks its provider nothing", reply);
    return shop.sent();
}

// Only where lookups find what nobody answered, or a repeat is one effect, can this be passed.
void NeedWayBack(const Shop& shop) {
    if (!shop.Can("lookup_by_reference") && !shop.Can("native_idempotency"))
        throw Failed(
            "neither lookup_by_reference nor native_idempotency: a charge whose answer is "
            "lost stays unknown");
}

int Cells(Shop& shop, const Prepare& prepare, int check) {
    const std::vector<Sent> requests = RequestsOf(shop, prepare);
    const auto changing = std::find_if(requests.begin(), requests.end(), IsUnsafe);
    int cells = 0;
    for (const WireFault& fault : WireFaults()) {
        if (fault.check != check) continue;
        for (std::size_t request = 0; request < requests.size(); ++request, ++cells) {
            const bool changes =
                requests.begin() + static_cast<std::ptrdiff_t>(request) == changing;
            const Cell cell{prepare, fault, request, changes};
            // Of what changes nothing a repeat is what a portal does anyway.
            if (shop.Can("native_idempotency") && changing != requests.end()) SentTwice(shop, cell);
            SentOnce(shop, cell);
        }
    }
    return cells;
}

void Matrix(Shop& shop, int check) {
    NeedWayBack(shop);
    int cells = 0;
    int operations = 0;  // that ask something
    for (const Prepare& prepare : AllOperations(shop)) {
        const int those = Cells(shop, prepare, check);
        cells += those;
        operations += those > 0 ? 1 : 0;
    }
    Expect(cells > 0, "nothing was tried");
    shop.seen = fmt::format("{} cells of {} operations", cells, operations);
}

// A lookup that learnt nothing must end nothing, and above all not say that there is no payment.
void LookupsUnder(Shop& shop, const WireFault& fault) {
    const std::string reference = shop.NewReference();
    const std::string id = Pay(shop, reference, 1'000, "ok", "captured").at("provider_id");
    for (const Json& query : {LookupOf(id, reference), LookupOf("", reference)}) {
        const Reply reply = CallUnder(shop, {"payment.lookup/1", query, "", {}}, 0, fault);
        const std::string state = reply.state();
        Expect(state.empty() || state == "captured" || state == "pending",
               fmt::format("a lookup under {} ends a payment", fault.name), reply);
    }
}

}  // namespace

void RefusedConnect(Shop& shop) { Matrix(shop, 73); }
void DnsOrTls(Shop& shop) { Matrix(shop, 74); }
void ResetBeforeSend(Shop& shop) { Matrix(shop, 75); }
void ResetAfterSend(Shop& shop) { Matrix(shop, 76); }
void TimeoutAfterSend(Shop& shop) { Matrix(shop, 77); }
void ResponseLost(Shop& shop) { Matrix(shop, 78); }
void SlowDrip(Shop& shop) { Matrix(shop, 79); }
void DuplicateResponse(Shop& shop) { Matrix(shop, 80); }

void WrongBodies(Shop& shop) {
    for (const WireFault& fault : WireFaults()) LookupsUnder(shop, fault);
    Matrix(shop, 81);
}

void ClockJump(Shop& shop) { Matrix(shop, 82); }
void HostKilled(Shop& shop) { Matrix(shop, 83); }

}  // namespace livery::conformance::fault
