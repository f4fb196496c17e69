#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
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
        return gen::map(gen::tuple(kind, gen::inRange(0, 1000), gen::inRange(0, 1000)),
                        [](const std::tuple<int, int, int>& drawn) {
                            return Operation{static_cast<Operation::Kind>(std::get<0>(drawn)),
                                             std::get<1>(drawn), std::get<2>(drawn)};
                        });
    }
};

}  // namespace rc

namespace livery::property {
namespace {

const std::string kKept = std::string(LIVERY_SOURCE_DIR) + "/tests/property/counter_examples.txt";

// How many operations a run tries: a short one in the suite, a long one by scripts/property.
std::int64_t OperationsWanted() {
    const char* asked = std::getenv("LIVERY_PROPERTY_OPERATIONS");
    return asked == nullptr ? 10000 : std::atoll(asked);
}

// Lives of up to 100 operations, 25 on average. In the suite the same ones every time; a long run
// tries others.
void Configure() {
    std::string parameters = fmt::format("max_success={}", OperationsWanted() / 25);
    if (std::getenv("LIVERY_PROPERTY_OPERATIONS") == nullptr) parameters += " seed=20280229";
    setenv("RC_PARAMS", parameters.c_str(), 0);
}

rc::Gen<Life> Lives() {
    return rc::gen::build<Life>(
        rc::gen::set(&Life::policies, rc::gen::inRange(0, 96)),
        rc::gen::set(&Life::operations, rc::gen::arbitrary<std::vector<Operation>>()));
}

TEST(RandomLives, LeaveTheBooksRightAfterEveryStep) {
    Configure();
    std::int64_t operations = 0;
    std::int64_t accepted = 0;
    const bool held = rc::check("the books are right after every step", [&] {
        const Life life = *Lives();
        const Played played = Play(life);
        operations += static_cast<std::int64_t>(life.operations.size());
        accepted += played.accepted;
        if (!played.problem.empty()) RC_FAIL(played.problem + "\n  " + ToText(life));
    });
    EXPECT_TRUE(held);
    RecordProperty("operations", std::to_string(operations));
    fmt::print("{} operations, {} accepted\n", operations, accepted);
    // Refusals alone would prove nothing.
    EXPECT_GT(accepted, operations / 3);
}

TEST(RandomLives, CostTheSameHoweverOftenTheyAreBilled) {
    Configure();
    const bool held = rc::check("billed daily as billed rarely", [] {
        Life life;
        life.policies = *rc::gen::inRange(0, 96);
        const int count = *rc::gen::inRange(1, 4);
        for (int i = 0; i < count; ++i) {
            life.operations.push_back({Operation::Kind::kClock, *rc::gen::inRange(0, 45), 0});
            life.operations.push_back(
                {Operation::Kind::kSubscribe, *rc::gen::inRange(0, 8), *rc::gen::inRange(0, 3)});
        }
        RC_ASSERT(ChargedWhenBilledEvery(10, life) == ChargedWhenBilledEvery(360, life));
    });
    EXPECT_TRUE(held);
}

TEST(CounterExamples, StayRight) {
    std::ifstream kept(kKept);
    ASSERT_TRUE(kept.is_open());
    for (std::string line; std::getline(kept, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto life = LifeFrom(line);
        ASSERT_TRUE(life) << line;
        EXPECT_EQ(LifeFrom(ToText(*life)), life);
        EXPECT_EQ(Play(*life).problem, "") << line;
    }
}

}  // namespace

void showValue(const Life& life, std::ostream& out) { out << ToText(life); }

}  // namespace livery::property
