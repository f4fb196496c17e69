#pragma once

#include <functional>
#include <memory>

namespace livery::http {

// Threads for requests that wait for somebody: they must not hold the threads that serve
// connections. First come, first served; a few hundred may wait for a thread. Thread: any.
class WaitingRoom {
 public:
    explicit WaitingRoom(int threads);
    ~WaitingRoom();  // Close

    // Held until it is let go; null when too many wait already: the next one is told so, not kept.
    using Place = std::shared_ptr<void>;
    Place Reserve();
    // Runs `work` on one of the threads, then lets go of `place`. What it throws ends that work and
    // nothing else.
    void Enter(Place place, std::function<void()> work);
    // Waits for all that was begun; what was not is thrown away. Nothing may come after.
    // Idempotent.
    void Close();

 private:
    struct Threads;
    std::unique_ptr<Threads> threads_;
};

}  // namespace livery::http
