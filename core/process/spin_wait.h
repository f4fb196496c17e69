#pragma once

namespace livery::process {

// Spin-then-park for what another process answers within microseconds: to wake a sleeping
// processor takes longer than such an answer. As many threads of this process spin at once as
// leave half of its processors alone, with one processor none; and who spun in vain leaves out
// twice as many turns each time. Thread: one at a time.
class SpinWait {
 public:
    // Looks for 100 µs at most, and not at all when it is not the turn for it. True: `descriptor`
    // can be read, or is closed; false tells nothing, and the caller goes to sleep over it.
    bool UntilReadable(int descriptor);

 private:
    bool Look(int descriptor);

    unsigned in_vain_ = 0;
    unsigned left_out_ = 0;  // so many turns are still to be left out
};

}  // namespace livery::process
