#pragma once

#include <memory>

#include <glib-object.h>

namespace livery::pdf {

struct Unref {
    template <class T>
    void operator()(T* object) const {
        g_object_unref(object);
    }
};

// Owns one reference to a GObject.
template <class T>
using Object = std::unique_ptr<T, Unref>;

}  // namespace livery::pdf
