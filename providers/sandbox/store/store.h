#pragma once

#include <functional>
#include <mutex>
#include <string>

#include <livery/time/clock.h>

#include "sandbox/book/draft.h"
#include "sandbox/ledger/ledger.h"

namespace livery::sandbox {

// The book and its ledger: a change is written, then known. After a failed write the process must
// end, for nobody knows what is on the disk. Thread: any.
class Store {
 public:
    Store(const std::string& ledger_path, Delays delays, const Clock& clock,
          std::function<std::string()> random);

    // Runs `work` on the book as it is now, what was due done before; nothing else runs meanwhile.
    // `work` may throw: nothing was done then. What it leaves in the draft is committed.
    template <class Work>
    auto Do(const std::string& merchant, Work work) {
        const std::lock_guard lock(mutex_);
        CommitDue();
        Draft draft(World(), merchant);
        auto result = work(draft);
        Commit(draft.change());
        return result;
    }
    // Reads only; `look(book, now)`.
    template <class Look>
    auto Read(Look look) {
        const std::lock_guard lock(mutex_);
        CommitDue();
        return look(std::as_const(book_), World().now);
    }

 private:
    Draft::World World() const;
    void CommitDue();
    void Commit(const Change& change);

    Delays delays_;
    const Clock& clock_;
    std::function<std::string()> random_;
    std::mutex mutex_;  // guards what follows
    Book book_;
    Ledger ledger_;
};

}  // namespace livery::sandbox
