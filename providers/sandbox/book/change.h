#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/book/records.h"

namespace livery::sandbox {

// What one request does, all of it or nothing: one line of the ledger. Records are as they are
// afterwards.
struct Change {
    std::int64_t at = 0;
    std::vector<Payment> payments;
    std::vector<Refund> refunds;
    std::vector<Setup> setups;
    std::vector<StoredMethod> methods;
    std::vector<Movement> movements;
    std::vector<Event> events;
    std::vector<std::string> delivered;        // events
    std::vector<KeptAnswer> answers;           // at most one
    std::map<std::string, std::string> hooks;  // merchant and where it hears
    std::int64_t clock = 0;                    // seconds that its clock was moved forward

    bool empty() const {
        return payments.empty() && refunds.empty() && setups.empty() && methods.empty() &&
               movements.empty() && events.empty() && delivered.empty() && answers.empty() &&
               hooks.empty() && clock == 0;
    }
};

Json ToLine(const Change& change);
// Throws nlohmann::json::exception for what ToLine did not write.
Change FromLine(const Json& line);

}  // namespace livery::sandbox
