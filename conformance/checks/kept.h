#pragma once

#include <string>

#include "conformance/portal.h"

namespace livery::conformance {

// A method that a customer of the shop has kept on the provider's page.
struct Kept {
    std::string token;
    Json method;
};
Json SetupOf(const std::string& reference, const std::string& customer);
// Throws NotApplicable where the manifest promises no setup, Failed when none comes to be.
Kept KeepOne(Shop& shop, const std::string& customer);
// Without him; throws NotApplicable unless it is promised.
Reply ChargeKept(Shop& shop, const std::string& token, const std::string& customer);
Json DetachOf(const std::string& token, const std::string& customer);

}  // namespace livery::conformance
