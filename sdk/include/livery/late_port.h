#pragma once

#include <functional>

namespace livery {

// A port of a plugin that itself builds on this one, so that it is not there yet while this one
// registers. Empty when nobody provides it; ask the tenant whether it has enabled that plugin.
// Thread: any, once the host has registered all plugins.
template <class Port>
class LatePort {
 public:
    LatePort() = default;
    explicit LatePort(std::function<void*()> find) : find_(std::move(find)) {}
    Port* get() const { return find_ ? static_cast<Port*>(find_()) : nullptr; }
    explicit operator bool() const { return get() != nullptr; }
    Port* operator->() const { return get(); }
    Port& operator*() const { return *get(); }

 private:
    std::function<void*()> find_;
};

}  // namespace livery
