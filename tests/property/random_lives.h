#pragma once

#include <cstdint>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>
#include <rapidcheck.h>

#include "play.h"

namespace rc {

template <>
struct Arbitrary<livery::property::Operation> {
    static Gen<livery::property::Operation> arbitrary() {
        using livery::property::Operation;
        // Time passes more often than anything else happens.
        const auto kind =
            gen::weightedOneOf<int>({{3, gen::just(0)}, {7, gen::inRange(0, Operation::kKinds)}});
        return gen::map(gen::tuple(kind, gen::inRange(0, 1000), gen::inRange(0, 2000)),
                        [](const std::tuple<int, int, int>& drawn) {
                            return Operation{static_cast<Operation::Kind>(std::get<0>(drawn)),
                                             std::get<1>(drawn), std::get<2>(drawn)};
                        });
    }
};

}  // namespace rc

namespace livery::property {

inline void showValue(const Life& life, std::ostream& out) { out << ToText(life); }

// Lives of up to 100 operations, 25 on average, counted as 23 so that there are hardly ever fewer.
// In the suite the same ones every time, `in_suite` operations; a long run
// (LIVERY_PROPERTY_OPERATIONS, by scripts/property) tries others.
inline void Configure(std::int64_t in_suite) {
    const char* asked = std::getenv("LIVERY_PROPERTY_OPERATIONS");
    const std::int64_t operations = asked == nullptr ? in_suite : std::atoll(asked);
    std::string parameters = fmt::format("max_success={}", operations / 23);
    if (asked == nullptr) parameters += " seed=20280229";
    setenv("RC_PARAMS", parameters.c_str(), 0);
}

inline rc::Gen<Life> Lives() {
    return rc::gen::build<Life>(
        rc::gen::set(&Life::policies, rc::gen::inRange(0, 96)),
        rc::gen::set(&Life::operations, rc::gen::arbitrary<std::vector<Operation>>()));
}

// Lives that were wrong once.
std::vector<Life> KeptLives();

// Plays random lives and counts: what `play` finds wrong is made smaller and printed.
struct Tried {
    bool held = false;
    std::int64_t operations = 0;
    std::int64_t accepted = 0;
};
template <class Function>
Tried TryLives(const char* what, const Function& play) {
    Tried tried;
    tried.held = rc::check(what, [&] {
        const Life life = *Lives();
        const Played played = play(life);
        tried.operations += static_cast<std::int64_t>(life.operations.size());
        tried.accepted += played.accepted;
        if (!played.problem.empty()) RC_FAIL(played.problem + "\n  " + ToText(life));
    });
    fmt::print("{} operations, {} accepted\n", tried.operations, tried.accepted);
    return tried;
}

}  // namespace livery::property
