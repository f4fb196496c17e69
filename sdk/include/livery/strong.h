#pragma once

#include <compare>
#include <functional>
#include <utility>

namespace livery {

// A value that does not mix with another of the same representation.
template <class Tag, class T>
class Strong {
 public:
    Strong() = default;
    explicit Strong(T value) : value_(std::move(value)) {}
    const T& value() const { return value_; }
    auto operator<=>(const Strong&) const = default;

 private:
    T value_{};
};

}  // namespace livery

template <class Tag, class T>
struct std::hash<livery::Strong<Tag, T>> {
    std::size_t operator()(const livery::Strong<Tag, T>& strong) const {
        return std::hash<T>{}(strong.value());
    }
};
