#pragma once

#include <livery/ids.h>

namespace livery::payments {

struct DifferenceTag {
    static constexpr std::string_view kPrefix = "dif";
};
using DifferenceId = Id<DifferenceTag>;

}  // namespace livery::payments
