#pragma once

#include <string>

#include <livery/view/formatter.h>

#include "domain/method.h"

namespace livery::payments {

// What people call a card or account, on pages and in letters: "Visa ending in 4242".
std::string MethodText(const PaymentMethod& method, const Formatter& t);

}  // namespace livery::payments
