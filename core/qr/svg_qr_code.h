#pragma once

#include <livery/ports/qr_code.h>

namespace livery::qr {

// By libqrencode. Thread: any.
class SvgQrCode final : public QrCode {
 public:
    Picture Draw(std::string_view text) const override;
};

}  // namespace livery::qr
