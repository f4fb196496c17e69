#include "cli/core_ports.h"

#include "qr/svg_qr_code.h"

namespace livery::cli {

Ports CorePorts(std::shared_ptr<Identity> identity, std::shared_ptr<SecondFactor> second_factor,
                std::shared_ptr<Audit> audit, std::shared_ptr<Mailer> mailer) {
    return {{std::string(Identity::kPortId), std::move(identity)},
            {std::string(SecondFactor::kPortId), std::move(second_factor)},
            {std::string(Audit::kPortId), std::move(audit)},
            {std::string(Mailer::kPortId), std::move(mailer)},
            {std::string(QrCode::kPortId), std::make_shared<qr::SvgQrCode>()}};
}

}  // namespace livery::cli
