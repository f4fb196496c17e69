#include "cli/core_ports.h"

namespace livery::cli {

std::map<std::string, std::shared_ptr<void>> CorePorts(std::shared_ptr<Identity> identity,
                                                       std::shared_ptr<Mailer> mailer) {
    return {{std::string(Identity::kPortId), std::move(identity)},
            {std::string(Mailer::kPortId), std::move(mailer)}};
}

}  // namespace livery::cli
