#pragma once

#include <livery/ports/document.h>

namespace livery::pdf {

// Invoices of an invented company, for tests, measurements and eyes.
Document LatinSample(int rows = 20);
Document ArabicSample(int rows = 20);
Document ChineseSample(int rows = 20);
// Everything small: for tests of one thing.
Document SmallDocument();

}  // namespace livery::pdf
