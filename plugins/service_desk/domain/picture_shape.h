#pragma once

#include <string_view>

namespace livery::service_desk {

// Whether a content is a picture of that kind from its first byte to its last: its parts are
// walked, so that nothing stands before, between or behind them. Only the JPEGs of some telephones
// have data of their own behind the picture. Pure.
bool IsPng(std::string_view content);
bool IsJpeg(std::string_view content);
bool IsGif(std::string_view content);
bool IsWebp(std::string_view content);
bool IsHeic(std::string_view content);

}  // namespace livery::service_desk
