#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/client/client.h"
#include "sandbox/api/merchants.h"
#include "sandbox/faults/faults.h"
#include "sandbox/store/store.h"

namespace livery::sandbox {

// Tells merchants what happened, until they answer 2xx: at once, then after 1, 2, 4 … times
// `first_wait`, at most 12 times; what was not yet told when the process ended is told after it
// begins again. Owns a thread. Thread: any.
class Webhooks {
 public:
    struct Options {
        std::chrono::milliseconds first_wait{500};
    };
    Webhooks(Store& store, Faults& faults, const Clock& clock, std::vector<Merchant> merchants,
             Options options);
    ~Webhooks();

    // Something may be there to tell.
    void Wake();
    // Until nothing untold is left or `limit` is over: a webhook that arrives before the answer.
    void Flush(std::chrono::milliseconds limit);

 private:
    using Steady = std::chrono::steady_clock;
    struct Trial {
        int count = 0;
        Steady::time_point next;
    };
    void Run();
    // Everything whose time has come; true when there was something.
    bool Round();
    bool Deliver(const Event& event, const std::string& url);
    bool Post(const std::string& url, const std::string& body, const std::string& signature);
    const Merchant* Find(const std::string& id) const;
    std::string UrlOf(const std::string& merchant);

    Store& store_;
    Faults& faults_;
    const Clock& clock_;
    std::vector<Merchant> merchants_;
    Options options_;
    http::Client client_;
    std::map<std::string, Trial> trials_;  // of the thread only
    std::mutex mutex_;                     // guards the two below
    std::condition_variable changed_;
    bool stopping_ = false;
    bool woken_ = false;
    std::thread thread_;
};

}  // namespace livery::sandbox
