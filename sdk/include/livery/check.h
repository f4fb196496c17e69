#pragma once

#include <stdexcept>
#include <string_view>

namespace livery {

// A broken invariant of our own code: the request or job cannot go on. Caught at dispatch, job
// runner and main; logged with its text, never shown to a user.
class BrokenInvariant : public std::logic_error {
 public:
    using std::logic_error::logic_error;
    ~BrokenInvariant() override;
};

namespace internal {
[[noreturn]] void FailCheck(const char* condition, std::string_view message, const char* file,
                            int line);
}  // namespace internal

}  // namespace livery

// Throws BrokenInvariant in every build type when `condition` is false.
#define LIVERY_CHECK(condition, message)                                                          \
    do {                                                                                          \
        if (!(condition)) ::livery::internal::FailCheck(#condition, message, __FILE__, __LINE__); \
    } while (false)
