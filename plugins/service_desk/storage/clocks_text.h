#pragma once

#include <string>
#include <string_view>

#include "domain/service_clock.h"

namespace livery::service_desk {

// Both clocks as one text of the ticket's row. What is read is what was written, to the
// microsecond.
std::string TextOf(const ServiceClocks& clocks);
// Throws BrokenInvariant: a row that nobody of us has written.
ServiceClocks ClocksFrom(std::string_view text);

}  // namespace livery::service_desk
