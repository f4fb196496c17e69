#pragma once

#include <tl/expected.hpp>

#include <livery/error.h>

namespace livery {

// A value, or the Error that a caller is expected to handle. What nobody can handle here (the
// database is gone, an invariant is broken) is an exception instead, caught at the boundaries.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
    using Base = tl::expected<T, Error>;

 public:
    using Base::Base;
    // NOLINTNEXTLINE(google-explicit-constructor): `return Error{…}` is the point
    Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
    using Base = tl::expected<void, Error>;

 public:
    using Base::Base;
    Result() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): `return Error{…}` is the point
    Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

namespace internal {
template <class T>
T Take(Result<T>& result) {
    return std::move(*result);
}
inline void Take(Result<void>&) {}
}  // namespace internal

}  // namespace livery

// The value of a Result, or return its error from the enclosing function.
#define LIVERY_TRY(expression)                                               \
    __extension__({                                                          \
        auto livery_try_result = (expression);                               \
        if (!livery_try_result) return std::move(livery_try_result.error()); \
        ::livery::internal::Take(livery_try_result);                         \
    })
