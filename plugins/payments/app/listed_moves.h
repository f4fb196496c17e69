#pragma once

#include <string>
#include <vector>

#include <livery/ports/gateways.h>

#include "domain/comparison.h"

namespace livery::payments {

// A provider's list as it was read: all pages of it, or nothing.
struct ListRead {
    std::vector<ListedMove> moves;
    std::string fault;  // why it could not be read to its end; "" = it was
};
// What it booked in these seconds. No transaction may be open.
ListRead ReadList(Gateways& gateways, const Tenant& tenant, const std::string& instance,
                  Instant from, Instant to);

}  // namespace livery::payments
