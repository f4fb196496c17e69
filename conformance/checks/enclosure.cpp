// ISO: what a gateway does that breaks, first shown with one that is bad on purpose (the machine's
// enclosure), then with the file itself, which is ended the same way in the middle of its work.
#include <csignal>

#include <fmt/format.h>
#include <sys/resource.h>

#include "conformance/bad_gateway.h"
#include "conformance/checks/groups.h"
#include "conformance/checks/operations.h"

namespace livery::conformance::iso {

namespace {

using gateways::HelperProcess;
using End = HelperProcess::End;
using std::chrono::milliseconds;

void ExpectLife(const Shop& shop) {
    Expect(BadGateway(shop).Do("on").answer.code == LIVERY_OK, "afterwards nothing can be called");
}

// The provider has answered, and then the helper is struck: nobody may say that nothing happened,
// and in the end the books say what they must, once.
void StruckInTheMiddle(Shop& shop, const std::function<void(pid_t)>& strike, milliseconds limit) {
    for (const Prepare& prepare : ChangingOperations(shop)) {
        Shop::Plan plan;
        plan.request = ChangingRequest(shop, prepare);
        plan.strike = strike;
        const ReadyOperation ready = prepare(shop);
        shop.limit = limit;
        const Reply reply = shop.Call(ready.errand.operation, ready.errand.message, plan);
        shop.limit = milliseconds(10'000);
        Expect(reply.answered() || reply.fate == Reply::Fate::kUnknown,
               ready.name + " counts as not sent", reply);
        const Belief belief = RunErrand(shop, ready.errand, {});
        Expect(belief.decided, ready.name + ": nobody learns what came of it", belief.last);
        const std::string moved = Moved(shop, ready.reference);
        Expect(moved == ready.expected, fmt::format("{}: the books say `{}`", ready.name, moved));
        Expect(ready.expected_state.empty() || belief.last.state() == ready.expected_state,
               ready.name + ": we believe something else", belief.last);
        // What it was struck with does not end with the call.
        shop.Crash();
    }
}

}  // namespace

void Crashes(Shop& shop) {
    Expect(BadGateway(shop).Do("crash").end == End::kDied, "a crash is not seen as one");
    ExpectLife(shop);
    StruckInTheMiddle(
        shop, [](pid_t helper) { ::kill(helper, SIGSEGV); }, milliseconds(10'000));
}

void Loops(Shop& shop) {
    for (const char* how : {"loop", "hang"}) {
        const auto begun = HelperProcess::Clock::now();
        Expect(BadGateway(shop).Do(how, milliseconds(300)).end == End::kTooLate,
               fmt::format("a gateway that is told to {} is not ended", how));
        Expect(HelperProcess::Clock::now() - begun < milliseconds(5'000), "it is ended too late");
    }
    ExpectLife(shop);
    StruckInTheMiddle(
        shop, [](pid_t helper) { ::kill(helper, SIGSTOP); }, milliseconds(700));
}

// Where sanitizers are built in there is no limit of memory: they map terabytes.
void MemoryBomb(Shop& shop) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const auto outcome = BadGateway(shop).Do("memory");
    Expect(outcome.end == End::kDied ||
               (outcome.end == End::kAnswered && outcome.answer.code == LIVERY_PLUGIN_FAULT),
           "a gateway gets memory without end");
    ExpectLife(shop);
#endif
    const auto no_more = [](pid_t helper) {
        const rlimit none{1, 1};
        ::prlimit(helper, RLIMIT_AS, &none, nullptr);
    };
    StruckInTheMiddle(shop, no_more, milliseconds(10'000));
}

void HugeAnswer(Shop& shop) {
    for (const char* what : {"answer-9-MB", "answer-100-MB"}) {
        const auto outcome = BadGateway(shop, 2'048).Do(what);
        Expect(outcome.end != End::kAnswered || outcome.answer.code != LIVERY_OK,
               fmt::format("{} is taken", what));
    }
    ExpectLife(shop);
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        const Reply reply = shop.Call(ready.errand.operation, ready.errand.message,
                                      {0, FindWireFault("megabyte_around_it")});
        Expect(reply.alive, ready.name + " ends the helper", reply);
        Expect(reply.answered(), ready.name + " passes on what is far too long", reply);
        const Belief belief = RunErrand(shop, ready.errand, {});
        Expect(belief.decided && Moved(shop, ready.reference) == ready.expected,
               ready.name + ": the books say `" + Moved(shop, ready.reference) + "`", belief.last);
    }
}

// Past the facade: bytes of a gateway that are no message of the contract. The host reads none of
// them, and knows what left.
void NotUtf8(Shop& shop) {
    Shop bad({BadGateway::FileFor(shop), shop.options().helper_program}, shop.provider());
    for (const char* what : {"raw-not-utf8", "raw-cut", "raw-list", "raw-word", "raw-blank",
                             "raw-number-for-a-state"}) {
        const Reply reply =
            bad.CallWith(Json::object(), "payment.start/1", Order(what, 100, "EUR", "x"));
        Expect(!reply.answered() && reply.code == LIVERY_PLUGIN_FAULT,
               fmt::format("a gateway's answer {} is read", what), reply);
        Expect(reply.fate == Reply::Fate::kNothingSent && reply.alive,
               fmt::format("after {} nobody knows what left", what), reply);
    }
    Expect(bad.CallWith(Json::object(), "payment.start/1", Order("on", 100, "EUR", "x")).answered(),
           "afterwards nothing can be called");
    const Reply reply =
        shop.Call("payment.start/1", Order(shop.NewReference(), 100, "EUR", NeedToken(shop, "ok")),
                  {0, FindWireFault("not_utf8")});
    Expect(reply.alive && reply.state() != "captured", "bytes that are no text are a success",
           reply);
}

namespace {

// After as many faults as may be the bad one is not even started; the one beside it is.
void ExpectBreaker(Shop& shop) {
    using Pooled = gateways::GatewayPool::Outcome::End;
    gateways::GatewayPool pool(shop.options().helper_program);
    NoDesk desk;
    const std::string order = BadGateway::OrderFor("crash");
    const auto call = [&](const std::string& owner, const std::string& file,
                          const std::string& config, const std::string& operation) {
        return pool
            .Call({owner, owner, owner, file, config}, {operation, order, 1, {}},
                  HelperProcess::Clock::now() + milliseconds(10'000), desk)
            .end;
    };
    const auto bad = [&] {
        return call("bad/cards", BadGateway::FileFor(shop), "{}", "payment.start/1");
    };
    for (std::size_t time = 0; time < gateways::Breaker::kMostFaults; ++time)
        Expect(bad() == Pooled::kDied, "a crash is not seen as one");
    Expect(bad() == Pooled::kOutOfOrder, "what crashes again and again is called again and again");
    Expect(call("good/cards", shop.options().file, shop.provider().Config().dump(),
                "payout.create/1") == Pooled::kAnswered,
           "with it this one is out of order");
}

}  // namespace

void RestartKeepsService(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json paid = Pay(shop, reference, 100, "ok", "captured");
    const Json before = Lookup(shop, paid.at("provider_id"), reference);
    shop.Crash();
    const Json after = Lookup(shop, paid.at("provider_id"), reference);
    Expect(before == after && after["state"] == "captured",
           "a new helper finds something else: " + after.dump());
    ExpectBreaker(shop);
}

}  // namespace livery::conformance::iso
