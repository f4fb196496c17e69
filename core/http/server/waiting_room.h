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

    // False when too many wait already: the next one is told so, not kept.
    bool HasPlace() const;
    // Runs `work` on one of the threads. What it throws ends that work and nothing else.
    void Enter(std::function<void()> work);
    // Waits for all that was begun; what was not is thrown away. Nothing may come after.
    // Idempotent.
    void Close();

 private:
    struct Threads;
    std::unique_ptr<Threads> threads_;
};

}  // namespace livery::http
