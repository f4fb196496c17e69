#pragma once

#include <map>
#include <string>

#include <livery/http/route.h>

#include "domain/payment.h"

namespace livery::payments {

// Whether whoever pays has to go to the provider's page now.
bool LeadsOut(const Payment& payment);

struct WayOut {
    const std::string& url;
    const std::map<std::string, std::string>& fields;  // posted there; empty: a link
};

// The page between us and the provider's: the browser goes on by itself, or with a button where it
// has something to post, and comes back by the address that the provider was given. `back` is the
// page of what is being paid or set up.
View LeadOut(const Formatter& t, const WayOut& way, const std::string& back);

}  // namespace livery::payments
