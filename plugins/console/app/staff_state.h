#pragma once

#include <string_view>

#include <livery/ports/staff.h>

namespace livery::console {

// Its word for programs, addresses and text keys.
constexpr std::string_view ToString(Staff::State state) {
    switch (state) {
        case Staff::State::kInvited:
            return "invited";
        case Staff::State::kActive:
            return "active";
        case Staff::State::kClosed:
            return "closed";
    }
    return "";
}

}  // namespace livery::console
