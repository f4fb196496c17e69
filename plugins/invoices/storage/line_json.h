#pragma once

#include <string>

#include "domain/line.h"

namespace livery::invoices {

// What of a line no column holds: only ever read with it, and never searched by. As JSON text.
std::string DetailsOf(const Line& line);
void ReadDetails(std::string_view json, Line& line);

}  // namespace livery::invoices
