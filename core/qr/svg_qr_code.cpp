#include "qr/svg_qr_code.h"

#include <cerrno>
#include <memory>

#include <fmt/format.h>
#include <qrencode.h>

#include <livery/check.h>

namespace livery::qr {

namespace {

constexpr int kQuietZone = 4;  // ISO/IEC 18004 section 5.3.8
constexpr std::size_t kMostBytes = 2000;

struct FreeCode {
    void operator()(QRcode* code) const { ::QRcode_free(code); }
};

bool IsDark(const QRcode& code, int x, int y) { return (code.data[y * code.width + x] & 1U) != 0; }

}  // namespace

// Neighbours of a row become one bar: the path is a third as long.
QrCode::Picture SvgQrCode::Draw(std::string_view text) const {
    LIVERY_CHECK(!text.empty() && text.size() <= kMostBytes, "too much for a QR code");
    const std::unique_ptr<QRcode, FreeCode> code(
        ::QRcode_encodeData(static_cast<int>(text.size()),
                            reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    LIVERY_CHECK(code != nullptr, fmt::format("libqrencode fails with {}", errno));
    Picture picture{code->width + 2 * kQuietZone, ""};
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if (!IsDark(*code, x, y)) continue;
            const int begin = x;
            while (x + 1 < code->width && IsDark(*code, x + 1, y)) ++x;
            picture.path += fmt::format("M{} {}h{}v1h-{}z", begin + kQuietZone, y + kQuietZone,
                                        x - begin + 1, x - begin + 1);
        }
    }
    return picture;
}

}  // namespace livery::qr
