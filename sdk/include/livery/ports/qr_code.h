#pragma once

#include <string>
#include <string_view>

namespace livery {

// Draws QR codes (ISO/IEC 18004, error correction level M). Thread: any.
class QrCode {
 public:
    static constexpr std::string_view kPortId = "livery.qr_code/1";
    virtual ~QrCode();

    struct Picture {
        int size = 0;      // modules on a side, with the quiet zone of four
        std::string path;  // the dark modules as the `d` of an SVG path, one unit per module
    };
    // `text`: at most 2,000 bytes, else BrokenInvariant.
    virtual Picture Draw(std::string_view text) const = 0;
};

}  // namespace livery
