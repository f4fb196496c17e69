#include "qr/svg_qr_code.h"

#include <gtest/gtest.h>

#include <livery/check.h>

namespace livery::qr {
namespace {

// ISO/IEC 18004: whatever is said, three corners hold a finder pattern whose top bar is 7 wide.
TEST(SvgQrCode, HasFinderPatternsAndAQuietZone) {
    const QrCode::Picture picture = SvgQrCode().Draw("hello");
    EXPECT_EQ(picture.size, 21 + 8) << "version 1";
    EXPECT_TRUE(picture.path.starts_with("M4 4h7v1h-7z")) << picture.path;
    EXPECT_NE(picture.path.find("M18 4h7v1h-7z"), std::string::npos);
    EXPECT_NE(picture.path.find("M4 24h7v1h-7z"), std::string::npos);
}

TEST(SvgQrCode, GrowsWithTheTextAndRefusesTooMuch) {
    EXPECT_GT(SvgQrCode().Draw(std::string(300, 'x')).size, 29 + 8);
    EXPECT_THROW(SvgQrCode().Draw(std::string(2001, 'x')), BrokenInvariant);
    EXPECT_THROW(SvgQrCode().Draw(""), BrokenInvariant);
}

}  // namespace
}  // namespace livery::qr
