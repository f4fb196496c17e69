#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/book/records.h"

namespace livery::sandbox {

// Something that is to go wrong, as tests ask for it. README.md has the words.
struct Fault {
    std::string fault;     // "reset_after_commit"
    std::string on;        // begins "POST /v1/payments" as this does; "webhook"; "" is any request
    std::string contains;  // in the body or the path; "" any
    int skip = 0;          // so many that fit are let through first
    int times = 1;         // so many are hit
    int milliseconds = 30'000;  // of those that take time
};

// The switch. Not in the ledger: a fault is of the test that set it. Thread: any.
class Faults {
 public:
    // Refusal (422) for what is no fault.
    void Add(std::string_view json);
    void Clear();
    Json List() const;
    // The first that fits, counted down; `what` is as "POST /v1/payments".
    std::optional<Fault> Take(std::string_view what, std::string_view body);

 private:
    mutable std::mutex mutex_;  // guards faults_
    std::vector<Fault> faults_;
};

}  // namespace livery::sandbox
