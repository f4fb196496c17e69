#pragma once

#include <map>
#include <string>

#include <livery/gateway/gateway.hpp>

namespace livery::stripe {

// What the contract says, as Stripe takes it.

// Stripe's Checkout knows no Arabic; whatever it does not know it takes from the browser.
std::string PageLocale(const std::string& locale);
// The bank's statement takes at most 22 characters and none of <>\'"*.
std::string Descriptor(const std::string& text);
gw::Json Metadata(const std::string& reference, const std::map<std::string, std::string>& more);
const char* CaptureMethod(gw::Capture capture);

}  // namespace livery::stripe
