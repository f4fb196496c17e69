#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "gateways/gateway_instance.h"
#include "gateways/helper_process.h"

namespace livery::gateways {

// A thread of this process for the code of a gateway, so that who called it need not wait for good.
// No thread can be killed: a call that is given up goes on, and the host does nothing for it any
// more. Thread: one at a time.
class InnerThread {
 public:
    using Clock = HelperProcess::Clock;
    // Runs there, perhaps longer than anything that the caller has: what it uses it owns itself, or
    // finds in what belongs to the thread.
    using Work = std::function<GatewayInstance::Answer(ServiceDesk&)>;

    // `owned` ends there, after all work.
    explicit InnerThread(std::shared_ptr<void> owned);
    // Waits a second for that, and leaves it to itself then.
    ~InnerThread();
    InnerThread(const InnerThread&) = delete;
    InnerThread& operator=(const InnerThread&) = delete;

    // What it answers; what it throws is a fault of it (LIVERY_PLUGIN_FAULT). nullopt: the deadline
    // passed, the call is given up, and so is this: nothing more may be done in it. What it asks of
    // `desk` on its way is done on the caller's thread.
    std::optional<GatewayInstance::Answer> Do(Work work, Clock::time_point deadline,
                                              ServiceDesk& desk);
    bool given_up() const { return given_up_; }
    // A call that was given up has not come back.
    bool Stuck() const;

 private:
    class Desk;
    struct State;
    static void Run(const std::shared_ptr<State>& state, std::shared_ptr<void> owned);

    std::shared_ptr<State> state_;
    bool given_up_ = false;
    std::thread thread_;
};

}  // namespace livery::gateways
