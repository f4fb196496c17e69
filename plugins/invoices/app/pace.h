#pragma once

#include <chrono>

namespace livery::invoices {

// Whether the batches of a run go side by side, and how long the later one of two waits for its
// turn before it makes way. From outside a batch that waits for what the later one has locked looks
// like one that is slow. So after three in a row that made way, which were done for nothing, some
// batches are done one at a time: how long the longest of them takes says what slow is here, and
// nobody makes way before three times that. Then they go side by side again. Where they make way
// all the same, the times of one at a time become longer. Thread: one at a time.
class Pace {
 public:
    using Time = std::chrono::milliseconds;

    bool SideBySide() const { return alone_ == 0; }
    Time Patience() const;

    void GotItsTurn();          // a batch beside another one, within its patience
    void MadeWay();             // such a batch, whose patience was over
    void WentAlone(Time took);  // a batch while they go one at a time

 private:
    int made_way_in_a_row_ = 0;
    int alone_ = 0;  // so many more one at a time
    int alone_next_ = 8;
    bool is_first_alone_ = false;
    Time longest_{0};
};

}  // namespace livery::invoices
