#include "http/server/waiting_room.h"

#include <atomic>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace livery::http {

namespace {

// Each is a request in memory, and the last of them waits for all before it: more than a few
// minutes' worth would only be answered to people who have left.
constexpr int kMostInside = 256;

}  // namespace

struct WaitingRoom::Threads {
    explicit Threads(int count) : pool(static_cast<std::size_t>(count)) {}
    std::atomic<int> inside{0};
    boost::asio::thread_pool pool;  // last: its threads count down `inside`
};

WaitingRoom::WaitingRoom(int threads) : threads_(std::make_unique<Threads>(threads)) {}

WaitingRoom::~WaitingRoom() { Close(); }

WaitingRoom::Place WaitingRoom::Reserve() {
    std::atomic<int>& inside = threads_->inside;
    if (inside.fetch_add(1) >= kMostInside) {
        --inside;
        return nullptr;
    }
    return {&inside, [](std::atomic<int>* count) { --*count; }};
}

void WaitingRoom::Enter(Place place, std::function<void()> work) {
    boost::asio::post(threads_->pool, [work = std::move(work), place = std::move(place)] {
        try {
            work();
        } catch (...) {
            // Out of memory: this request ends without an answer, the others go on.
        }
    });
}

void WaitingRoom::Close() {
    threads_->pool.stop();
    threads_->pool.join();
}

}  // namespace livery::http
