#pragma once

#include <livery/view/formatter.h>
#include <livery/view/view_model.h>

#include "domain/order.h"

namespace livery::orders {

// As its owner named it, else what it is for.
std::string NameOf(const Order& order);
// Orders as templates show them: display-ready.
void ShowRow(const Order& order, const Formatter& format, ViewModel& row);
void ShowOrder(const Order& order, const Formatter& format, ViewModel& model);

// "a month", "every 14 days": how often a price is charged; the words of `Length::ToString`.
std::string FrequencyText(const std::string& frequency, const Formatter& format);

}  // namespace livery::orders
