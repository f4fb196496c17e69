#pragma once

#include <string>

namespace livery {

// What the browser is to keep of a session.
struct SessionCookie {
    std::string token;      // empty: forget it
    bool remember = false;  // keep it when the browser closes
};

}  // namespace livery
