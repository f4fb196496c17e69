#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "gateways/helper_process.h"

namespace livery::gateways {

// Where the code of one gateway runs, one call at a time, with an instance for each configuration
// that was called in it. Thread: one at a time.
class GatewayWorker {
 public:
    using Outcome = HelperProcess::Outcome;
    using Clock = HelperProcess::Clock;
    virtual ~GatewayWorker() = default;

    // False once it has died, was killed or given up: nothing can be called in it any more.
    virtual bool Alive() = 0;
    // It works, but no longer as others do: it is slower, or has nearly all the memory that it may
    // have.
    virtual bool Worn() const { return false; }
    // Is not called again, and ends without being waited for; Gone once it has.
    virtual void Abandon() {}
    virtual bool Gone() { return true; }
    // A call that was given up is still under way in it, in a thread of this process.
    virtual bool Stuck() { return false; }
    // Calls the instance `key`, which is made of `config` when it is not there yet; what making it
    // says is then the outcome.
    Outcome Call(const std::string& key, const std::string& config,
                 const GatewayInstance::Call& call, Clock::time_point deadline, ServiceDesk& desk);

    const std::set<std::string>& instances() const { return instances_; }
    int calls() const { return calls_; }

 protected:
    virtual Outcome Create(const std::string& key, const std::string& config,
                           Clock::time_point deadline, ServiceDesk& desk) = 0;
    virtual Outcome Invoke(const std::string& key, const GatewayInstance::Call& call,
                           Clock::time_point deadline, ServiceDesk& desk) = 0;

 private:
    std::set<std::string> instances_;
    int calls_ = 0;
};

// In a process of its own.
std::unique_ptr<GatewayWorker> MakeHelperWorker(std::unique_ptr<HelperProcess> helper);
// In this process: a call that does not come back in time is given up (kTooLate), and with it this
// worker and its instances. `gateway` lives for good.
std::unique_ptr<GatewayWorker> MakeWorkerInside(const livery_gateway& gateway);

}  // namespace livery::gateways
