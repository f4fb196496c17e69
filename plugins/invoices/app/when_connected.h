#pragma once

#include <chrono>
#include <thread>

#include <livery/db/failure.h>

namespace livery::invoices {

// Does `work` again for as long as there is no connection to the database, because all are in use
// or the server is away, at most for `patience`; then throws db::Unavailable. What is done again
// has left nothing behind: it is a transaction, or a query.
template <class Work>
auto WhenConnected(std::chrono::milliseconds patience, const Work& work) -> decltype(work()) {
    constexpr std::chrono::milliseconds kPause{50};
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        try {
            return work();
        } catch (const db::Unavailable&) {
            if (std::chrono::steady_clock::now() >= end) throw;
        }
        std::this_thread::sleep_for(kPause);
    }
}

}  // namespace livery::invoices
