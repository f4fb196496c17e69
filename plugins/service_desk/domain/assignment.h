#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/time/instant.h>

namespace livery::service_desk {

// Somebody who may answer, and is there.
struct Candidate {
    UserId user;
    std::set<std::string> skills;
    std::set<std::string> languages;
    int load = 0;                       // unsolved tickets of theirs
    std::optional<Instant> last_given;  // when one was given to them last
};

// What a ticket asks of whoever answers it.
struct Demand {
    std::vector<std::string> skills;  // all of them
    std::string language;
};

// Whose it becomes: of those with all the skills, of those of them who speak its language (of all,
// where nobody does: an answer in another language is better than none), who has least to do; of
// equals, who waited longest for one. nullopt: nobody has the skills, and it stays in its queue.
std::optional<UserId> Choose(const Demand& demand, const std::vector<Candidate>& candidates);

}  // namespace livery::service_desk
