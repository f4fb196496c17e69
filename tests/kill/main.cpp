// Kills billing runs at random points and compares how they end with one that nobody disturbed.
//   livery_kill_test POINTS SUBSCRIPTIONS [SEED]
// Exit code 0: every run ended in the same state; 1: one did not, or broke an invariant.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "point.h"
#include "run.h"

namespace {

using namespace livery;         // NOLINT: a program of one file
using namespace livery::kills;  // NOLINT

using Aim = Point::Aim;

// What a run must end as.
struct Expected {
    WholeRun run;
    Canonical state;
};

Expected RunWhole(Stage& stage, std::mt19937_64& random) {
    Expected expected;
    stage.Copy("whole");
    Point(stage, "whole", expected.run, random).PlayWhole(expected.run);
    expected.state = ReadCanonical(stage.database(), TenantId("whole"), stage.shop());
    if (expected.run.drawn_after == expected.run.drawn_before)
        throw std::runtime_error("the run did nothing");
    const std::string broken = stage.BrokenInvariants("whole");
    if (!broken.empty()) throw std::runtime_error("undisturbed, and yet:\n" + broken);
    return expected;
}

// Most at any time; some in a commit; some of the database instead of the run.
Aim AimOf(int point) {
    if (point % 5 == 3) return Aim::kCommit;
    return point % 5 == 4 ? Aim::kServer : Aim::kAnytime;
}

// What is wrong with how a run ended, or "".
std::string Problem(Stage& stage, const std::string& tenant, const Expected& expected, Aim aim,
                    int& dealt_otherwise) {
    Canonical state = ReadCanonical(stage.database(), TenantId(tenant), stage.shop());
    if (aim == Aim::kServer && state.holders != expected.state.holders) {
        // Who could not be billed while the database was away is billed after the others, and so
        // has a later number. The numbers are the same.
        state.holders = expected.state.holders;
        ++dealt_otherwise;
    }
    std::string problem;
    if (state != expected.state)
        problem = fmt::format("hash {}\n{}", state.Hash(), state.DifferenceTo(expected.state));
    return problem + stage.BrokenInvariants(tenant);
}

int KillThem(int points, int subscriptions, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Stage stage(subscriptions);
    const Expected expected = RunWhole(stage, random);
    fmt::print("seed {}; undisturbed: {} accounts, {} documents, {} commits, {:.1f} s, hash {}\n",
               seed, stage.shop().accounts(), expected.run.drawn_after - expected.run.drawn_before,
               expected.run.commits, static_cast<double>(expected.run.lasted.count()) / 1e6,
               expected.state.Hash());
    Struck struck;
    int dealt_otherwise = 0;
    for (int point = 1; point <= points; ++point) {
        const Aim aim = AimOf(point);
        std::string tenant;
        for (int attempt = 1;; ++attempt) {
            tenant = fmt::format("point-{}-{}", point, attempt);
            stage.Copy(tenant);
            // Some are killed again while they make up for it.
            if (Point(stage, tenant, expected.run, random)
                    .Play(aim, point % 3 == 0 ? 3 : 1, struck))
                break;
            stage.Drop(tenant);
        }
        const std::string problem = Problem(stage, tenant, expected, aim, dealt_otherwise);
        if (!problem.empty()) {
            fmt::print("point {}: ended in another state:\n{}", point, problem);
            return 1;
        }
        stage.Drop(tenant);
    }
    fmt::print(
        "{} points, {} kills ({} of the database): {} before the first document was kept, {} in "
        "the "
        "middle, {} when all were; {} in a commit. Every run ended with hash {}{}\n",
        points, struck.kills, struck.servers, struck.before, struck.middle, struck.end,
        struck.in_commit, expected.state.Hash(),
        dealt_otherwise == 0
            ? ""
            : fmt::format(", {} with the numbers dealt in another order", dealt_otherwise));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // whoever looks at a long run's log sees how it is
    try {
        if (words.size() == 5 && words[0] == "--run")
            return RunMonths({words[1], words[2], std::stoi(words[3]), words[4]});
        if (words.size() != 2 && words.size() != 3) {
            fmt::print(stderr, "livery_kill_test POINTS SUBSCRIPTIONS [SEED]\n");
            return 64;
        }
        const std::uint64_t seed =
            words.size() == 3 ? std::stoull(words[2]) : std::random_device{}();
        return KillThem(std::stoi(words[0]), std::stoi(words[1]), seed);
    } catch (const std::exception& error) {
        fmt::print("{}\n", error.what());
        return 1;
    }
}
