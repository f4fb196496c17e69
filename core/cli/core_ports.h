#pragma once

#include <map>
#include <memory>
#include <string>

#include <livery/ports/identity.h>
#include <livery/ports/mailer.h>

namespace livery::cli {

// The ports that the core itself provides, by id.
std::map<std::string, std::shared_ptr<void>> CorePorts(std::shared_ptr<Identity> identity,
                                                       std::shared_ptr<Mailer> mailer);

}  // namespace livery::cli
