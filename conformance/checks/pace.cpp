// PERF and what others cost: times are compared with others of the same run, and asked again before
// they are held against a file, since the machine may have other things to do.
#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "conformance/bad_gateway.h"
#include "conformance/checks/groups.h"
#include "gateways/gateway_pool.h"

namespace livery::conformance {

namespace {

using gateways::GatewayPool;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using Clock = GatewayPool::Clock;

constexpr int kTrials = 5;

nanoseconds At(std::vector<nanoseconds> times, int percent) {
    std::sort(times.begin(), times.end());
    return times[(times.size() - 1) * static_cast<std::size_t>(percent) / 100];
}

double Milliseconds(nanoseconds time) { return static_cast<double>(time.count()) / 1e6; }

// A lookup whose provider has answered before: what is served is what was.
struct RecordedLookup {
    Json message;
    Shop::Served served;
};

RecordedLookup Record(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json paid = Pay(shop, reference, 1'000, "ok", "captured");
    RecordedLookup recorded{LookupOf(paid.at("provider_id"), reference), {}};
    Hear(shop);
    const Reply reply = shop.Call("payment.lookup/1", recorded.message);
    Expect(reply.state() == "captured", "a lookup does not find it", reply);
    recorded.served = shop.served();
    return recorded;
}

struct Replaying {
    Replaying(Shop& shop, const Shop::Served& served) : shop_(shop) { shop.replay = &served; }
    ~Replaying() { shop_.replay = nullptr; }
    Replaying(const Replaying&) = delete;
    Replaying& operator=(const Replaying&) = delete;

 private:
    Shop& shop_;
};

void LookUp(Shop& shop, const RecordedLookup& recorded) {
    const Reply reply = shop.Call("payment.lookup/1", recorded.message);
    Expect(reply.state() == "captured", "the same answers make it say something else", reply);
}

}  // namespace

namespace perf {

namespace {

// What calls take of their own, and what a processor works of that.
struct Paces {
    std::vector<nanoseconds> time;
    std::vector<nanoseconds> work;
    void Add(const Shop& shop) {
        time.push_back(shop.own_time());
        work.push_back(shop.own_work());
    }
};

// Time as it should be; or, where others have the processor too, work, and the usual time still
// like that of a call which does nothing. Sanitizers make all of it dear.
bool AreSwift(const Paces& own, const Paces& bare) {
    constexpr nanoseconds kGoal = milliseconds(1);
    if (At(own.time, 99) < kGoal) return true;
    return At(own.time, 50) < std::max(kGoal, 20 * At(bare.time, 50)) &&
           At(own.work, 99) < std::max(kGoal, 20 * At(bare.work, 99));
}

std::string Words(const Paces& paces) {
    return fmt::format("{:.2f} ms at the median, {:.2f} ms at the 99th of 100 ({:.2f} of work)",
                       Milliseconds(At(paces.time, 50)), Milliseconds(At(paces.time, 99)),
                       Milliseconds(At(paces.work, 99)));
}

}  // namespace

void Overhead(Shop& shop) {
    constexpr int kCalls = 300;
    const RecordedLookup recorded = Record(shop);
    const Replaying replaying(shop, recorded.served);
    std::string slow;
    for (int trial = 0; trial < kTrials; ++trial) {
        Paces bare;
        Paces own;
        for (int call = 0; call < kCalls; ++call) {
            shop.CallWith(shop.provider().Config(), "payout.create/1", Json::object());
            bare.Add(shop);
            LookUp(shop, recorded);
            own.Add(shop);
        }
        shop.seen = fmt::format("{}; an empty call {}", Words(own), Words(bare));
        if (AreSwift(own, bare)) return;
        slow = shop.seen;
    }
    throw Failed("a lookup takes of its own " + slow);
}

namespace {

// How many calls are under way now, and were at most.
class Crowd {
 public:
    class Guest {
     public:
        explicit Guest(Crowd& crowd) : crowd_(crowd) { crowd_.Come(); }
        ~Guest() { --crowd_.inside_; }
        Guest(const Guest&) = delete;
        Guest& operator=(const Guest&) = delete;

     private:
        Crowd& crowd_;
    };
    int most() const { return most_; }

 private:
    void Come() {
        const int now = ++inside_;
        int most = most_;
        while (most < now && !most_.compare_exchange_weak(most, now)) continue;
    }
    std::atomic<int> inside_{0};
    std::atomic<int> most_{0};
};

// One host of many, whose payments have amounts of their own: those of `orders`.
std::string PayThrough(gateways::GatewayPool& pool, Shop& shop, const std::vector<Json>& orders,
                       Crowd& crowd) {
    for (const Json& order : orders) {
        const Crowd::Guest guest(crowd);
        const Reply reply = shop.CallThrough(pool, "payment.start/1", order);
        const bool paid =
            reply.state() == "captured" || (reply.state() == "pending" && DecidesDaysLater(shop));
        if (!paid || reply.message.value("amount", Json()) != order["amount"]) return reply.Words();
    }
    return "";
}

// Each list is paid by a thread of its own; none begins before all are there. What went wrong.
std::string PayTogether(gateways::GatewayPool& pool,
                        const std::vector<std::unique_ptr<Shop>>& shops,
                        const std::vector<std::vector<Json>>& orders, Crowd& crowd) {
    std::vector<std::future<std::string>> ends;
    // Gone first: where a thread cannot be started, those that wait for it learn so.
    std::promise<void> all_there;
    const std::shared_future<void> begin = all_there.get_future().share();
    for (std::size_t one = 0; one < orders.size(); ++one)
        ends.push_back(std::async(std::launch::async, [&, begin, one] {
            begin.get();
            return PayThrough(pool, *shops[one], orders[one], crowd);
        }));
    all_there.set_value();
    std::string wrong;
    for (auto& end : ends) wrong += end.get();
    return wrong;
}

void ExpectInBooks(Shop& shop, const Json& order) {
    const auto moved = shop.provider().Ledger(order["reference"]);
    Expect(moved.size() == 1 && moved[0].amount == order["amount"]["minor"],
           "beside others the books have something else of " + order.dump());
}

}  // namespace

// 64 threads begin together to pay through one pool, each payment of an amount of its own. Twice
// each, so that a worker serves now this one, now that one: nobody gets another's answer.
void ParallelPayments(Shop& shop) {
    constexpr int kThreads = 64;
    constexpr int kEach = 2;
    const std::string token = NeedToken(shop, "ok");
    GatewayPool pool(shop.options().helper_program);
    std::vector<std::unique_ptr<Shop>> shops;
    std::vector<std::vector<Json>> orders(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) {
        shops.push_back(shop.Neighbour());
        // Most have a process of their own started first: on a busy machine that takes seconds.
        shops.back()->limit = milliseconds(60'000);
        for (int turn = 0; turn < kEach; ++turn)
            orders[static_cast<std::size_t>(thread)].push_back(
                Order(shop.NewReference(), 1'000 + turn * kThreads + thread, "EUR", token));
    }
    Crowd crowd;
    const std::string wrong = PayTogether(pool, shops, orders, crowd);
    Expect(wrong.empty(), "beside others it fails: " + wrong);
    shop.seen = fmt::format("{} payments, {} at a time, by {} workers", kThreads * kEach,
                            crowd.most(), pool.workers());
    LetItBeDecided(shop);
    for (const auto& list : orders) {
        for (const Json& order : list) ExpectInBooks(shop, order);
    }
}

void MemoryFlat(Shop& shop) {
    constexpr std::int64_t kMost = std::int64_t{2} << 20;
    const RecordedLookup recorded = Record(shop);
    const Replaying replaying(shop, recorded.served);
    for (int call = 0; call < 1'000; ++call) LookUp(shop, recorded);
    const std::int64_t before = shop.resident_bytes();
    Expect(before > 0, "this machine does not tell what a process holds");
    for (int call = 0; call < 9'000; ++call) LookUp(shop, recorded);
    const std::int64_t more = shop.resident_bytes() - before;
    shop.seen = fmt::format("{} KiB, then {} KiB more", before >> 10, more >> 10);
    Expect(more < kMost, fmt::format("9,000 lookups take {} KiB for good", more >> 10));
}

}  // namespace perf

namespace iso {

namespace {

// An operation that no gateway has: it goes all the way, and nobody is asked for anything.
nanoseconds MedianOfCalls(GatewayPool& pool, const GatewayPool::Wanted& wanted) {
    NoDesk desk;
    std::vector<nanoseconds> times;
    for (int call = 0; call < 200; ++call) {
        const auto begun = Clock::now();
        const auto outcome =
            pool.Call(wanted, {"payout.create/1", "{}", 1, {}}, begun + milliseconds(10'000), desk);
        times.push_back(Clock::now() - begun);
        Expect(outcome.end == GatewayPool::Outcome::End::kAnswered &&
                   outcome.answer.code == LIVERY_UNSUPPORTED,
               "beside a bad gateway it is not called: " + outcome.why);
        std::this_thread::sleep_for(microseconds(200));
    }
    return At(times, 50);
}

// Another tenant's, again and again, each time as another gateway of his: no breaker helps.
void Misbehave(GatewayPool& pool, const std::string& file, const std::atomic<bool>& over) {
    NoDesk desk;
    for (int turn = 0; !over; ++turn) {
        const std::string owner = fmt::format("other/{}", turn);
        const std::string order = BadGateway::OrderFor(turn % 2 == 0 ? "hang" : "crash");
        pool.Call({owner, owner, "vandal", file, "{}"}, {"payment.start/1", order, 1, {}},
                  Clock::now() + milliseconds(100), desk);
    }
}

}  // namespace

void FaultsOfOthers(Shop& shop) {
    GatewayPool pool(shop.options().helper_program);
    const GatewayPool::Wanted wanted{"one/cards", "one", "file", shop.options().file,
                                     shop.provider().Config().dump()};
    MedianOfCalls(pool, wanted);
    std::string words;
    for (int trial = 0; trial < kTrials; ++trial) {
        const nanoseconds alone = MedianOfCalls(pool, wanted);
        std::atomic<bool> over{false};
        std::thread other([&] { Misbehave(pool, BadGateway::FileFor(shop), over); });
        const nanoseconds beside = [&] {
            const struct Ended {
                std::atomic<bool>& over;
                std::thread& other;
                ~Ended() {
                    over = true;
                    other.join();
                }
            } ended{over, other};
            return MedianOfCalls(pool, wanted);
        }();
        words = fmt::format("{:.2f} ms alone, {:.2f} ms beside it", Milliseconds(alone),
                            Milliseconds(beside));
        shop.seen = words;
        if (beside < alone * 3 / 2 + milliseconds(1)) return;
    }
    throw Failed("a bad gateway slows it: " + words);
}

}  // namespace iso

}  // namespace livery::conformance
