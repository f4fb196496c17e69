#pragma once

#include <chrono>
#include <map>
#include <random>
#include <string>

#include "process/child_process.h"
#include "progress.h"
#include "stage.h"

namespace livery::kills {

// What the uninterrupted run was like.
struct WholeRun {
    std::chrono::microseconds lasted{};
    int commits = 0;
    std::int64_t drawn_before = 0;
    std::int64_t drawn_after = 0;
};

// How many kills struck what, and when: as the tables said afterwards.
struct Struck {
    int kills = 0;
    int servers = 0;  // of them, the database's process
    int before = 0;   // no document was kept yet
    int middle = 0;
    int end = 0;        // all were
    int in_commit = 0;  // while a COMMIT was under way
};

// One billing run that is killed, and started again until it ends by itself.
class Point {
 public:
    enum class Aim {
        kAnytime,  // uniformly over the time that a run takes
        kCommit,   // in a COMMIT: the first, the last or any
        kServer,   // anytime, but the database's process
    };
    Point(Stage& stage, std::string tenant, const WholeRun& whole, std::mt19937_64& random)
        : stage_(stage),
          tenant_(std::move(tenant)),
          whole_(whole),
          random_(random),
          progress_((stage.folder() / (tenant_ + ".progress")).string()) {}

    // False: the run ended before it was struck even once. Throws when it does not get to its end.
    bool Play(Aim aim, int kills, Struck& struck);
    // Without a kill.
    void PlayWhole(WholeRun& whole);

 private:
    process::ChildProcess Start();
    bool Strike(process::ChildProcess& run, Aim aim);
    bool Wait(process::ChildProcess& run, const std::function<bool()>& until);
    void Note(Aim aim, Progress::State state, Struck& struck);

    Stage& stage_;
    std::string tenant_;
    const WholeRun& whole_;
    std::mt19937_64& random_;
    SharedProgress progress_;
};

}  // namespace livery::kills
