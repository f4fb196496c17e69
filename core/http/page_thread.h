#pragma once

namespace livery::http {

// Says of this thread, while it lasts, that connections of strangers hang on it: whatever waits for
// another machine here holds up their pages. See Pace of a route. Thread: its own.
class PageThread {
 public:
    PageThread();
    ~PageThread();
    PageThread(const PageThread&) = delete;
    PageThread& operator=(const PageThread&) = delete;

    static bool Here();
};

}  // namespace livery::http
