#pragma once

#include <map>
#include <memory>
#include <string>

#include <livery/ports/audit.h>
#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>
#include <livery/ports/second_factor.h>

namespace livery::cli {

// The ports that the core itself provides, by id.
using Ports = std::map<std::string, std::shared_ptr<void>>;
Ports CorePorts(std::shared_ptr<Identity> identity, std::shared_ptr<SecondFactor> second_factor,
                std::shared_ptr<Audit> audit, std::shared_ptr<Mailer> mailer);

}  // namespace livery::cli
