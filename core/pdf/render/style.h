#pragma once

#include "pdf/colour.h"

// The look of a page, in points (1/72 inch). A4 with margins of 20 mm.
namespace livery::pdf::style {

inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.890;
inline constexpr double kMargin = 56.7;
inline constexpr double kTop = 48;
inline constexpr double kTopLater = 84;  // from the second page on, under the running head
inline constexpr double kBottom = 36;
inline constexpr double kContentWidth = kPageWidth - 2 * kMargin;

inline constexpr double kLogoHeight = 44;
inline constexpr double kLogoWidth = 190;
inline constexpr double kThin = 0.5;
inline constexpr double kStrong = 1.25;

inline constexpr Colour kInk{0.09, 0.11, 0.14};
inline constexpr Colour kGrey{0.36, 0.40, 0.45};
inline constexpr Colour kHair{0.85, 0.87, 0.89};

enum class Weight { kRegular, kBold };

struct Type {
    double size;
    double leading;  // from one base line to the next
    Weight weight = Weight::kRegular;
    Colour colour = kInk;
};

inline constexpr Type kTitle{21, 28, Weight::kBold};
inline constexpr Type kBrandName{17, 24, Weight::kBold};
inline constexpr Type kHeading{10.5, 15, Weight::kBold};
inline constexpr Type kBody{9, 13.5};
inline constexpr Type kBodyBold{9, 13.5, Weight::kBold};
inline constexpr Type kLabel{7.5, 11.5, Weight::kRegular, kGrey};
inline constexpr Type kFactLabel{9, 13.5, Weight::kRegular, kGrey};
inline constexpr Type kGrand{11.5, 17, Weight::kBold};
inline constexpr Type kProse{8.5, 12.75, Weight::kRegular, {0.22, 0.25, 0.29}};
inline constexpr Type kSmall{7, 10, Weight::kRegular, kGrey};

}  // namespace livery::pdf::style
