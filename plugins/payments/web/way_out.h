#pragma once

#include <string>

#include <livery/http/route.h>

#include "domain/payment.h"

namespace livery::payments {

// Whether whoever pays has to go to the provider's page now.
bool LeadsOut(const Payment& payment);

// The page between us and the provider's: the browser goes on by itself, and comes back by the
// address that the provider was given. `back` is the page of what is being paid or set up.
View LeadOut(const Formatter& t, const std::string& url, const std::string& back);

}  // namespace livery::payments
