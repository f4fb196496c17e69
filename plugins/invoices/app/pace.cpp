#include "app/pace.h"

#include <algorithm>
#include <utility>

namespace livery::invoices {

namespace {

constexpr int kMostInARow = 3;
constexpr int kMostAlone = 1024;
constexpr Pace::Time kLeast{1'000};
// An earlier batch that waits for a lock is told by the database, and asks again, some times: it
// has it before it is refused.
constexpr Pace::Time kMost{15'000};

}  // namespace

Pace::Time Pace::Patience() const { return std::clamp(3 * longest_, kLeast, kMost); }

void Pace::GotItsTurn() { made_way_in_a_row_ = 0; }

void Pace::MadeWay() {
    if (!SideBySide() || ++made_way_in_a_row_ < kMostInARow) return;
    made_way_in_a_row_ = 0;
    alone_ = alone_next_;
    alone_next_ = std::min(2 * alone_next_, kMostAlone);
    is_first_alone_ = true;
    longest_ = Time(0);
}

void Pace::WentAlone(Time took) {
    if (SideBySide()) return;
    --alone_;
    // Beside the first one another may still have been ahead, and in its way.
    if (!std::exchange(is_first_alone_, false)) longest_ = std::max(longest_, took);
}

}  // namespace livery::invoices
