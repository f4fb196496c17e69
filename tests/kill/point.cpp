#include "point.h"

#include <array>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

namespace livery::kills {

using std::chrono::microseconds;
using std::chrono::steady_clock;
using State = Progress::State;

namespace {

constexpr std::chrono::minutes kPatience{10};

std::int64_t Draw(std::mt19937_64& random, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(0, most)(random);
}

bool EndedWell(int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }

}  // namespace

process::ChildProcess Point::Start() {
    process::Command command;
    command.argv = {"/proc/self/exe",
                    "--run",
                    stage_.server_folder().string(),
                    tenant_,
                    std::to_string(stage_.shop().subscriptions()),
                    (stage_.folder() / (tenant_ + ".progress")).string()};
    command.log_path = (stage_.folder() / (tenant_ + ".log")).string();
    return process::ChildProcess::Start(command);
}

// False: the run ended first.
bool Point::Wait(process::ChildProcess& run, const std::function<bool()>& until) {
    while (!until()) {
        if (!run.Running()) return false;
        std::this_thread::sleep_for(microseconds(50));
    }
    return true;
}

bool Point::Strike(process::ChildProcess& run, Aim aim) {
    if (aim == Aim::kCommit) {
        // The first, the last (all documents are kept by then), or any.
        const int last = whole_.commits - 1;
        const auto any = static_cast<int>(Draw(random_, last));
        const int before = std::array{0, last, any}[static_cast<std::size_t>(Draw(random_, 2))];
        const bool reached = Wait(run, [&] {
            return progress_->commits >= before && progress_->state == State::kCommitting;
        });
        if (!reached) return false;
        // A commit takes about so long, flushed to the disk.
        std::this_thread::sleep_for(microseconds(Draw(random_, 800)));
    } else {
        const auto at = steady_clock::now() + microseconds(Draw(random_, whole_.lasted.count()));
        if (!Wait(run, [&] { return steady_clock::now() >= at; })) return false;
    }
    if (!run.Running()) return false;
    if (aim == Aim::kServer) {
        ::kill(stage_.server().pid(), SIGKILL);
    } else {
        run.Signal(SIGKILL);
    }
    return true;
}

void Point::Note(Aim aim, State state, Struck& struck) {
    const std::int64_t drawn = stage_.NumbersDrawn(tenant_);
    ++struck.kills;
    if (aim == Aim::kServer) ++struck.servers;
    if (state == State::kCommitting) ++struck.in_commit;
    ++(drawn == whole_.drawn_before  ? struck.before
       : drawn == whole_.drawn_after ? struck.end
                                     : struck.middle);
}

bool Point::Play(Aim aim, int kills, Struck& struck) {
    constexpr int kStarts = 40;
    bool was_struck = false;
    bool server_died = false;
    for (int start = 0; start < kStarts; ++start) {
        auto run = Start();
        const bool strikes = kills > 0 && Strike(run, aim);
        const State at_strike = progress_->state;
        const auto status = run.WaitFor(kPatience);
        if (!status) throw std::runtime_error("a run does not end");
        if (strikes) {
            --kills;
            was_struck = true;
            server_died = server_died || aim == Aim::kServer;
            stage_.WaitForServer();
            // What was killed has stopped where it was; what lost its database went on.
            Note(aim, aim == Aim::kServer ? at_strike : progress_->state.load(), struck);
        }
        if (EndedWell(*status)) return was_struck;
        // Only what was killed, and what lost its database, may fail.
        if (!strikes && !server_died) break;
    }
    std::ifstream log(stage_.folder() / (tenant_ + ".log"));
    throw std::runtime_error("a run failed:\n" +
                             std::string(std::istreambuf_iterator<char>(log), {}));
}

void Point::PlayWhole(WholeRun& whole) {
    whole.drawn_before = stage_.NumbersDrawn(tenant_);
    const auto began = steady_clock::now();
    Struck none;
    Play(Aim::kAnytime, 0, none);
    whole.lasted = std::chrono::duration_cast<microseconds>(steady_clock::now() - began);
    whole.commits = progress_->commits;
    whole.drawn_after = stage_.NumbersDrawn(tenant_);
}

}  // namespace livery::kills
