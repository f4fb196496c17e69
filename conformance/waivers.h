#pragma once

#include <string_view>

#include "conformance/shop.h"

namespace livery::conformance {

// Whether a provider may really lack what this check ("SCA.challenge_failed") is about, so that its
// double may say so (`cannot`, or no method for the course). Of anything else the word of a double,
// which who wants the certificate may have written, counts for nothing: money moves at every
// provider, and lines break on the way to each.
bool MayBeWaived(std::string_view check, const Shop& shop);

}  // namespace livery::conformance
